namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>A command of esxcli.</summary>
/// <param name="Name">Namespace and command with dots, such as <c>network.firewall.get</c>.</param>
/// <param name="Help">What esxcli says of it.</param>
/// <param name="Parameters">What may be passed.</param>
/// <param name="Run">Carries it out, and gives the answer as XML.</param>
internal sealed record EsxCliCommand(
    string Name, string Help, IReadOnlyList<EsxCliCommand.Parameter> Parameters, Func<EsxCliCall, string> Run)
{
    public string Namespace => Name[..Name.LastIndexOf('.')];

    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The id of the object that the command is called on.</summary>
    public string Handler => "ha-cli-handler-" + Namespace.Replace('.', '-');

    /// <summary>How the answer is shown: a table for a list.</summary>
    public string Formatter => ShortName == "list" ? "table" : "simple";

    /// <param name="Name">The name on the wire.</param>
    /// <param name="Option">The option on the command line, after the two dashes.</param>
    /// <param name="Letter">Its short form.</param>
    /// <param name="Help">What esxcli says of it.</param>
    internal sealed record Parameter(string Name, string Option, char Letter, string Help);
}

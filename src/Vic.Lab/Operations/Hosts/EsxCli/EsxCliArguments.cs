namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>The arguments of an esxcli command by name.</summary>
internal sealed class EsxCliArguments(IReadOnlyDictionary<string, string> values)
{
    public IEnumerable<string> Names => values.Keys;

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <exception cref="EsxCliException">The value is neither true nor false.</exception>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        var other => throw new EsxCliException($"Invalid value for {name}: {other}. Say true or false."),
    };
}

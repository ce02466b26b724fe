using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>
/// The standard cmdlets that the shipped scripts use and the bare engine lacks. Each takes the parameters that the scripts pass, with
/// the meaning they have in PowerShell; a test holds every shipped script against this list.
/// </summary>
public static class StandIns
{
    /// <summary>Name and class of every stand-in.</summary>
    public static IReadOnlyList<(string Name, Type Type)> Cmdlets { get; } =
    [
        .. typeof(StandIns).Assembly.GetTypes()
            .Select(type => (type, attribute: (CmdletAttribute?)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))))
            .Where(pair => pair.attribute is not null)
            .Select(pair => ($"{pair.attribute!.VerbName}-{pair.attribute.NounName}", pair.type)),
    ];
}

using System.Management.Automation;
using Vic.PowerShell.Completion;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that works on virtual container hosts that exist.</summary>
public abstract class VchCmdlet : VchSearchCmdlet
{
    /// <summary>The VCH: an object of <c>Get-VCH</c>, a name, wildcards allowed, or PowerCLI's object of its endpoint VM; one or several.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VchCompleter))]
    public PSObject VCH { get; set; } = new();

    /// <summary>Those that are meant; an error is written for each that is not there.</summary>
    private protected IReadOnlyList<VchTarget> Targets() => FindVchs(VCH);

    /// <summary>The folder of a VCH's certificates on this machine.</summary>
    private protected string CertificateFolderOf(VchTarget target, string? given) =>
        given is not null ? FullPath(given) : target.CertificatePath ?? FullPath(target.Vch.Name);
}

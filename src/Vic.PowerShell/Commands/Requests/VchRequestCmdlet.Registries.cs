using System.Management.Automation;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchRequestCmdlet
{
    /// <summary>Registries that are asked before Docker Hub.</summary>
    [Parameter]
    public string[] RegistryMirror { get; set; } = [];

    /// <summary>PEM files of authorities that vouch for registries.</summary>
    [Parameter]
    public string[] RegistryCA { get; set; } = [];

    /// <summary>Registries that may be spoken to without TLS, or with a certificate that nobody vouches for.</summary>
    [Parameter]
    public string[] InsecureRegistry { get; set; } = [];
}

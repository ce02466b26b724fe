using System.Collections;
using Vic.Engine;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>A virtual container host, with all that a script needs to point Docker at it.</summary>
public sealed class VirtualContainerHost : InventoryObject
{
    internal VirtualContainerHost(DeployedVch deployed, VicServer server)
        : this(deployed.Vch, server, deployed.CertificatePath)
    {
        DockerHost = deployed.DockerHost;
        IsVerified = deployed.IsVerified;
        EnvironmentFile = deployed.EnvironmentFile;
        Environment = ToHashtable(deployed.Environment);
    }

    internal VirtualContainerHost(VchInfo info, VicServer server, string? certificatePath)
        : base(info.Reference, server)
    {
        Info = info;
        CertificatePath = certificatePath;
        DockerHost = info.DockerHost;
        Environment = info.DockerHost is null ? [] : ToHashtable(DockerEnvironment.Create(info.DockerHost, info.TlsMode, certificatePath));
        var file = certificatePath is null ? null : Path.Combine(certificatePath, info.Name + ".env");
        EnvironmentFile = File.Exists(file) ? file : null;
    }

    /// <summary>The name of the VCH.</summary>
    public string Name => Info.Name;

    /// <summary><c>PoweredOn</c>, <c>PoweredOff</c> or <c>Suspended</c>.</summary>
    public string PowerState => Info.PowerState;

    /// <summary>The version that made it.</summary>
    public string Version => Info.Version;

    /// <summary>How that version stands to this module's.</summary>
    public UpgradeStatus UpgradeStatus => Info.UpgradeStatus;

    /// <summary>The version that Update-VCH would bring it to; empty when it has that already, or cannot be updated.</summary>
    public string? AvailableVersion => Info.UpgradeStatus == UpgradeStatus.Upgradeable ? ProductVersion.Current : null;

    /// <summary>How much the endpoint logs: 0 what an administrator needs, up to 3.</summary>
    public int DebugLevel => Info.DebugLevel;

    /// <summary>When it was created.</summary>
    public DateTime? Created => Info.Created?.LocalDateTime;

    /// <summary>Where the Docker API answers, as <c>tcp://host:port</c>; empty while the address is not known.</summary>
    public string? DockerHost { get; }

    /// <summary>True when <c>New-VCH</c> has seen the Docker API answer; <c>Get-VCH</c> and <c>New-VCH -NoWait</c> do not ask it.</summary>
    public bool IsVerified { get; }

    /// <summary>The folder of the client certificate, for <c>DOCKER_CERT_PATH</c>; empty when it was not found here.</summary>
    public string? CertificatePath { get; }

    /// <summary>The variables by which a Docker client finds the VCH.</summary>
    public Hashtable Environment { get; }

    /// <summary>The file that holds the same variables, one <c>NAME=value</c> a line.</summary>
    public string? EnvironmentFile { get; }

    /// <summary>The endpoint's address on the client network.</summary>
    public string? IPAddress => Info.Address;

    /// <summary>Where images are kept, as <c>ds://datastore/folder</c>.</summary>
    public string? ImageStore => Info.ImageStore;

    /// <summary>The port group that containers share.</summary>
    public string? BridgeNetwork => Info.BridgeNetworkId;

    internal VchInfo Info { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Hashtable ToHashtable(IReadOnlyDictionary<string, string> variables)
    {
        var table = new Hashtable(StringComparer.Ordinal);
        foreach (var pair in variables)
        {
            table[pair.Key] = pair.Value;
        }

        return table;
    }
}

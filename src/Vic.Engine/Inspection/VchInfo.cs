using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Changes;
using Vic.Engine.Deployment;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>A VCH as the inventory shows it.</summary>
public sealed class VchInfo
{
    private const int TlsPort = 2376;
    private const int PlainPort = 2375;

    internal VchInfo(InventoryEntity machine, VirtualContainerHostConfiguration configuration)
    {
        Machine = machine;
        Configuration = configuration;
    }

    /// <summary>The endpoint VM.</summary>
    public ManagedObjectReference Reference => Machine.Reference;

    /// <summary>The name of the VCH.</summary>
    public string Name => Machine.Name;

    /// <summary><c>PoweredOn</c>, <c>PoweredOff</c> or <c>Suspended</c>.</summary>
    public string PowerState => MachineInventory.PowerState(Machine);

    /// <summary>The version that made it.</summary>
    public string Version => Configuration.Executor.Version?.ShortVersion ?? "";

    /// <summary>How that version stands to this module's.</summary>
    public UpgradeStatus UpgradeStatus =>
        UpdateOwner.ReadFrom(MachineInventory.Keys(Machine)) is not null ? UpgradeStatus.InProgress
        : IsOfVicMachine ? UpgradeStatus.Upgradeable
        : ProductVersion.Compare(Version, ProductVersion.Current) switch
        {
            null => UpgradeStatus.Unknown,
            0 => UpgradeStatus.UpToDate,
            < 0 => UpgradeStatus.Upgradeable,
            _ => UpgradeStatus.NewerThanModule,
        };

    /// <summary>When it was created; null when its maker did not say.</summary>
    public DateTimeOffset? Created => MachineInventory.Time(Configuration.Executor.CreateTime);

    /// <summary>The endpoint's address on the client network; null while it has none.</summary>
    public string? Address => Configuration.Executor.Networks.TryGetValue("client", out var client)
        ? (client.Assigned ?? client.Address)?.Address.ToString()
        : null;

    /// <summary>How the Docker API is protected.</summary>
    public TlsMode TlsMode => Configuration.Certificates.HostCertificate is null ? TlsMode.None
        : Configuration.Certificates.CertificateAuthorities.Length == 0 ? TlsMode.ServerOnly
        : TlsMode.Mutual;

    /// <summary>Where the Docker API answers, as <c>tcp://host:port</c>; null while the address is not known.</summary>
    public string? DockerHost => (Configuration.AdvertisedAddresses.FirstOrDefault() ?? Address) is { } host && HostPort.TryParse(host) is { } address
        ? $"tcp://{address.WithPort(TlsMode == TlsMode.None ? PlainPort : TlsPort)}"
        : null;

    /// <summary>The authorities of client certificates as PEM text; empty without any.</summary>
    public string ClientAuthorities => Encoding.UTF8.GetString(Configuration.Certificates.CertificateAuthorities);

    /// <summary>The certificates that the endpoint holds.</summary>
    /// <exception cref="FormatException">A certificate is damaged.</exception>
    public IReadOnlyList<CertificateFacts> Certificates() =>
    [
        .. CertificateFacts.Read(CertificateKind.Server, Encoding.UTF8.GetString(Configuration.Certificates.HostCertificate?.Certificate ?? [])),
        .. CertificateFacts.Read(CertificateKind.ClientAuthority, ClientAuthorities),
        .. CertificateFacts.Read(
            CertificateKind.RegistryAuthority, Encoding.UTF8.GetString(Configuration.Certificates.RegistryCertificateAuthorities)),
    ];

    /// <summary>The client certificates that are not let in any more.</summary>
    /// <exception cref="FormatException">The list is damaged.</exception>
    public IReadOnlyList<RevokedCertificate> RevokedCertificates() => RevocationLists.Read(Configuration.Certificates.RevocationLists).Entries();

    /// <summary>Where images are kept, as <c>ds://datastore/folder</c>.</summary>
    public string? ImageStore => Configuration.Storage.ImageStores.FirstOrDefault()?.ToString();

    /// <summary>How much the endpoint logs: 0 what an administrator needs, up to 3.</summary>
    public int DebugLevel => Configuration.Executor.Diagnostics.DebugLevel;

    /// <summary>The endpoint's console on the datastore, where its log is; null while the machine has no folder.</summary>
    public string? ConsoleFile => MachineRemoval.Home(Machine)?.File(EndpointHardware.ConsoleName);

    /// <summary>The reference of the port group that containers share.</summary>
    public string? BridgeNetworkId => Configuration.Network.ContainerNetworks.TryGetValue(Configuration.Network.BridgeNetwork, out var bridge)
        ? bridge.Id
        : null;

    internal InventoryEntity Machine { get; }

    internal VirtualContainerHostConfiguration Configuration { get; }

    /// <summary>Whether its endpoint is one of vic-machine, which runs other services than ours.</summary>
    internal bool IsOfVicMachine => !Configuration.Executor.Sessions.ContainsKey(EndpointConfiguration.ServiceName);

    /// <summary>Whether its containers have sessions of this product with the endpoint: those of the reference system have no key for them.</summary>
    internal bool HasSessions => MachineInventory.Keys(Machine).ContainsKey(GuestInfoNames.SessionMaster);

    /// <summary>The pool or vApp of the endpoint and its containers.</summary>
    internal ManagedObjectReference? Pool => Machine.GetReference("resourcePool");

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>True when a container VM is one of this VCH's.</summary>
    internal bool Owns(InventoryEntity container) => container.GetReference("resourcePool") == Pool && container.Parent == Machine.Parent;
}

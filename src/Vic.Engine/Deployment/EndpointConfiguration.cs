using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The configuration that a new endpoint finds in its <c>extraConfig</c>.</summary>
internal static class EndpointConfiguration
{
    /// <summary>The one service of the appliance; PID 1 starts it and starts it again.</summary>
    public const string ServiceName = "vic-endpoint";

    private const string ServicePath = "/usr/bin/vic-endpoint";
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <param name="plan">What was asked for.</param>
    /// <param name="machine">The endpoint VM: its own reference is the VCH's identity.</param>
    /// <param name="pool">The pool that takes containers.</param>
    /// <param name="bridge">The bridge port group.</param>
    /// <param name="hardware">The network cards.</param>
    /// <param name="folder">The folder of the endpoint VM on the datastore.</param>
    /// <param name="bootstrapIso">The datastore path of the ISO that containers boot.</param>
    /// <param name="certificates">The endpoint's certificates; null without TLS.</param>
    public static VirtualContainerHostConfiguration Create(
        VchPlan plan,
        ManagedObjectReference machine,
        ManagedObjectReference pool,
        InventoryEntity bridge,
        EndpointHardware hardware,
        string folder,
        string bootstrapIso,
        CertificateSet? certificates)
    {
        var request = plan.Request;
        var configuration = new VirtualContainerHostConfiguration 
        {
            CreateBridgeNetwork = plan.Bridge.Network is null,
            GrantPermissions = request.GrantPermission ? VirtualContainerHostConfiguration.AddPermissions : "",
        };
        AddIdentity(configuration.Executor, request.Name, machine);
        AddService(configuration.Executor);
        AddNetworks(configuration, plan, bridge, hardware);
        configuration.Connection.Target = plan.Target.AbsoluteUri;
        configuration.Connection.UserName = plan.Credential.UserName;
        configuration.Connection.Token = plan.Credential.Password;
        configuration.Connection.KeepAlive = KeepAlive;
        AddThumbprint(configuration.Connection, plan.TargetTrust.Thumbprint);
        configuration.Connection.TargetAuthorities = Encoding.UTF8.GetBytes(plan.TargetTrust.Authorities);
        AddCertificates(configuration.Certificates, certificates);
        configuration.Storage.ImageStores.Add(new GuestUrl
        {
            Scheme = "ds",
            Host = plan.ImageStore.Name,
            Path = "/" + (request.ImageStorePath.Length > 0 ? request.ImageStorePath : folder),
        });
        configuration.Containers.ComputeResources.Add(new ManagedObjectIdentity { Type = pool.Type, Value = pool.Value });
        configuration.Containers.BootstrapImagePath = bootstrapIso;
        EndpointSettings.Apply(configuration, plan);
        if (plan.Advertised is { } advertised)
        {
            configuration.AdvertisedAddresses.Add(advertised.ToString());
        }

        return configuration;
    }

    /// <summary>The build that writes the configuration.</summary>
    public static ProductBuild CurrentBuild()
    {
        var parts = ProductVersion.Current.Split('-');
        return new ProductBuild
        {
            Version = parts[0],
            BuildNumber = parts[1],
            GitCommit = parts[2],
            PluginVersion = ProductBuild.CurrentPluginVersion,
        };
    }

    private static void AddIdentity(ExecutorConfiguration executor, string name, ManagedObjectReference machine)
    {
        executor.Id = machine.ToString();
        executor.Name = name;
        executor.HostName = HostNameOf(name);
        executor.CreateTime = (DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeSeconds(0)).Ticks * 100;
        executor.Version = CurrentBuild();
        executor.Attach.Master = NewSessionMaster();
    }

    /// <summary>The host name of a VCH's endpoint.</summary>
    public static string HostNameOf(string name) =>
        new string(name.Select(character => character is '_' or '.' ? '-' : character).ToArray()).ToLowerInvariant();

    /// <summary>A key from which an endpoint derives those of its containers' sessions.</summary>
    public static byte[] NewSessionMaster()
    {
        var key = new byte[AttachConfiguration.KeyLength];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }

    /// <summary>Has PID 1 of the appliance run the endpoint.</summary>
    public static void AddService(ExecutorConfiguration executor) => executor.Sessions[ServiceName] = new SessionConfiguration
    {
        Id = ServiceName,
        Name = ServiceName,
        Path = ServicePath,
        Arguments = [ServicePath],
        WorkingDirectory = "/",
        Active = true,
        Restart = true,
    };

    private static void AddNetworks(
        VirtualContainerHostConfiguration configuration, VchPlan plan, InventoryEntity bridge, EndpointHardware hardware)
    {
        foreach (var role in plan.Roles)
        {
            var endpoint = Endpoint(role.Name, role.Network, hardware);
            endpoint.Network.Default = role.Name == "public";
            endpoint.Network.Nameservers.AddRange(plan.DnsServers);
            if (role.Address is { } address)
            {
                endpoint.Static = true;
                endpoint.Address = address.Address;
                endpoint.Network.Gateway = Gateway(address);
                endpoint.Network.Destinations.AddRange(address.Destinations.Select(network => new GuestNetworkEntry { Value = network }));
            }

            configuration.Executor.Networks[role.Name] = endpoint;
        }

        configuration.Executor.Networks[EndpointHardware.BridgeRole] = BridgeEndpoint(plan, bridge, hardware);
        configuration.Network.BridgeNetwork = EndpointHardware.BridgeRole;
        configuration.Network.BridgeRange = plan.BridgeRange.Range;
        configuration.Network.BridgeNetworkMask = plan.BridgeRange.Mask;
        configuration.Network.ContainerNetworks[EndpointHardware.BridgeRole] = new ContainerNetwork
        {
            Id = bridge.Reference.ToString(),
            Name = EndpointHardware.BridgeRole,
            Type = "bridge",
            Default = true,
        };
    }

    private static NetworkEndpoint Endpoint(string role, InventoryEntity network, EndpointHardware hardware) => new()
    {
        Id = hardware.SlotOf(role).ToString(CultureInfo.InvariantCulture),
        Name = role,
        Network = new ContainerNetwork { Id = network.Reference.ToString(), Name = role },
    };

    private static NetworkEndpoint BridgeEndpoint(VchPlan plan, InventoryEntity bridge, EndpointHardware hardware)
    {
        // The endpoint is the gateway of the first container network: it has the first address.
        var first = plan.BridgeRange.Range.Address.GetNetworkBytes();
        first[first.Length - 1] |= 1;
        var endpoint = Endpoint(EndpointHardware.BridgeRole, bridge, hardware);
        endpoint.Static = true;
        endpoint.Address = new GuestNetwork(GuestAddress.From(new IPAddress(first)), plan.BridgeRange.Mask);
        endpoint.Network.Type = "bridge";
        return endpoint;
    }

    private static GuestNetwork? Gateway(Validation.EndpointAddress address) =>
        address.Gateway is null ? null : new GuestNetwork(GuestAddress.From(address.Gateway), address.Address.Mask);

    private static void AddThumbprint(ConnectionConfiguration connection, string? thumbprint)
    {
        var digits = new string((thumbprint ?? "").Where(Uri.IsHexDigit).Select(char.ToUpperInvariant).ToArray());
        var pairs = string.Join(":", Enumerable.Range(0, digits.Length / 2).Select(index => digits.Substring(index * 2, 2)));
        switch (digits.Length)
        {
            case Sha256Digits:
                connection.TargetThumbprintSha256 = pairs;
                break;
            case Sha1Digits:
                connection.TargetThumbprint = pairs;
                break;
        }
    }

    private static void AddCertificates(CertificateConfiguration configuration, CertificateSet? certificates)
    {
        if (certificates is null)
        {
            return;
        }

        configuration.HostCertificate = new RawCertificate
        {
            Certificate = Encoding.UTF8.GetBytes(certificates.Server),
            Key = Encoding.UTF8.GetBytes(certificates.ServerKey),
        };
        configuration.CertificateAuthorities = Encoding.UTF8.GetBytes(certificates.Authority ?? "");
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Vic.Configuration;
using Vic.Endpoint.Api;
using Vic.Endpoint.Api.Revocation;
using Vic.Endpoint.Configuration;
using Vic.Endpoint.Images;
using Vic.Endpoint.Images.Datastore;
using Vic.Endpoint.Images.Pulls;
using Vic.Endpoint.Limits;
using Vic.Endpoint.Machines.VSphere;
using Vic.Endpoint.Networks;
using Vic.Endpoint.Sessions;
using Vic.Endpoint.State;
using Vic.Endpoint.Syslog;
using Vic.Oci.Registry;
using Vic.Vim25;

namespace Vic.Endpoint.Hosting;

/// <summary>Joins the parts of a virtual container host and serves until it is told to stop.</summary>
internal sealed partial class EndpointService(EndpointOptions options, ILoggerFactory loggers, LogVerbosity verbosity, LogQueue lines)
{
    private const int TlsPort = 2376;
    private const int PlainPort = 2375;
    private const string ManagementRole = "management";
    private const long DefaultDiskCapacity = 8_000_000;
    private const long Mebibyte = 1 << 20;

    private readonly ILogger<EndpointService> _log = loggers.CreateLogger<EndpointService>();

    /// <summary>Starts everything and waits for the end.</summary>
    /// <exception cref="StartException">A part does not start.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var configuration = await StepAsync("read the configuration", () => ConfigurationSource.ReadAsync(options, cancellationToken)).ConfigureAwait(false);
        verbosity.DebugLevel = configuration.Executor.Diagnostics.DebugLevel;
        await using var forwarder = Forward(configuration.Executor);
        using var client = await StepAsync(
            $"log in to vSphere at {configuration.Connection.Target}",
            () => VSphereConnection.OpenAsync(configuration.Connection, cancellationToken)).ConfigureAwait(false);
        var machine = await StepAsync("find the endpoint VM", () => FindMachineAsync(client, configuration, cancellationToken)).ConfigureAwait(false);
        var bridge = EndpointNetworks.Bridge(configuration);
        var platform = await StepAsync(
            "find the containers' place in vSphere", () => Task.FromResult(Platform(client, machine, configuration, bridge))).ConfigureAwait(false);

        var sessions = new GuestSessions(configuration.Executor.Attach.Master);
        var watch = new MachineWatch(
            client,
            platform.ResourcePool,
            token => VSphereConnection.LogInAsync(client, configuration.Connection, token),
            loggers.CreateLogger<MachineWatch>());
        var watching = watch.RunAsync(cancellationToken);

        var (layerDisks, imageFolder) = Layers(client, machine, configuration, platform);
        using var disks = layerDisks;
        using var images = await StepAsync(
            $"open the image store [{platform.Datastore}] {imageFolder}",
            () => OpenImagesAsync(disks, machine, configuration, client, cancellationToken)).ConfigureAwait(false);

        var identity = Identity(configuration, machine.Name, $"[{platform.Datastore}] {imageFolder}");
        using var host = new VSphereMachineHost(platform, watch, sessions);
        var engine = Api.Engine.Create(identity, host, images, bridge, loggers);
        await StepAsync("take over the containers that exist", async () =>
        {
            await engine.Containers.RecoverAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

        // A container that is not known yet would be turned away.
        using var ports = new SessionPorts(sessions, loggers.CreateLogger<SessionPorts>());
        await StepAsync("listen for containers' sessions", () => OpenPorts(ports, configuration, bridge)).ConfigureAwait(false);

        var serverOptions = ServerOptions(configuration);
        var following = await StepAsync(
            "read which client certificates are revoked", () => FollowRevocationsAsync(client, machine, serverOptions.Revoked, cancellationToken)).ConfigureAwait(false);
        await using var server = await StepAsync(
            "serve the Docker API", () => DockerServer.StartAsync(serverOptions, engine, loggers, cancellationToken)).ConfigureAwait(false);
        LogServing(machine.Name, server.EndPoint, Environment.WorkingSet / Mebibyte);
        await Task.WhenAll(watching, following).ConfigureAwait(false);
    }

    /// <returns>What sends the log to a server; null when there is none.</returns>
    private SyslogForwarder? Forward(ExecutorConfiguration executor)
    {
        if (executor.Diagnostics.Syslog is { } syslog)
        {
            try
            {
                var forwarder = new SyslogForwarder(lines, SyslogServer.Parse(syslog), executor.HostName, loggers.CreateLogger<SyslogForwarder>());
                forwarder.Start();
                return forwarder;
            }
            catch (FormatException wrong)
            {
                LogNotForwarded(wrong.Message);
            }
        }

        lines.Discard();
        return null;
    }

    private static EngineIdentity Identity(VirtualContainerHostConfiguration configuration, string name, string imageStore) => new()
    {
        Id = configuration.Executor.Id,
        Name = name,
        InsecureRegistries = configuration.Registries.Insecure,
        ImageStore = imageStore,
        VolumeStores = [.. configuration.Storage.VolumeLocations.Keys],
        ContainerNetworks = [.. configuration.Network.ContainerNetworks.Keys.Where(network => network != configuration.Network.BridgeNetwork)],
        Limits = new EngineLimits(configuration.Containers.ContainerLimit, configuration.Storage.StorageQuota),
        HttpProxy = ServiceEnvironment("HTTP_PROXY") ?? "",
        HttpsProxy = ServiceEnvironment("HTTPS_PROXY") ?? "",
        NoProxy = ServiceEnvironment("NO_PROXY") ?? "",
        IsDebug = configuration.Executor.Diagnostics.DebugLevel > 0,
    };

    private static Task<EndpointMachine> FindMachineAsync(
        VimClient client, VirtualContainerHostConfiguration configuration, CancellationToken cancellationToken) =>
        ManagedObjectReference.TryParse(configuration.Executor.Id, out var reference)
            ? EndpointMachine.ReadAsync(client, reference, cancellationToken)
            : throw new GuestConfigurationException(GuestInfoNames.HostId, "is no reference of a virtual machine");

    private VSpherePlatform Platform(
        VimClient client, EndpointMachine machine, VirtualContainerHostConfiguration configuration, BridgeNetwork bridge)
    {
        var pool = configuration.Containers.ComputeResources.FirstOrDefault()
            ?? throw new InvalidOperationException("the configuration names no resource pool for containers");
        var bridgeName = configuration.Network.BridgeNetwork;
        if (!configuration.Executor.Networks.TryGetValue(bridgeName, out var card)
            || !int.TryParse(card.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var slot))
        {
            throw new InvalidOperationException($"the configuration has no network card for the bridge network \"{bridgeName}\"");
        }

        var management = EndpointNetworks.AddressOf(configuration, ManagementRole);
        return new VSpherePlatform
        {
            Client = client,
            DatacenterPath = machine.DatacenterPath,
            Datacenter = machine.Datacenter,
            Folder = machine.Folder,
            ResourcePool = new ManagedObjectReference(pool.Type, pool.Value),
            Datastore = ImageStoreOf(configuration).Host,
            BootstrapIso = configuration.Containers.BootstrapImagePath,
            BridgeBacking = machine.BackingOf(slot),
            DiskCapacity = Capacity(configuration),
            NameConvention = configuration.Containers.NameConvention,
            MachineGroup = configuration.Containers.UseVmGroup ? configuration.Containers.VmGroupName : "",
            Sessions = new SessionRoutes(
                configuration.Containers.SerialAttach ? "" : (options.Sessions ?? new IPEndPoint(bridge.Gateway, SessionPorts.NetworkPort)).ToString(),
                management is null ? "" : string.Create(CultureInfo.InvariantCulture, $"telnet://{management}:{SessionPorts.SerialPort}")),
            Endpoint = machine.Reference,
        };
    }

    private Task<bool> OpenPorts(SessionPorts ports, VirtualContainerHostConfiguration configuration, BridgeNetwork bridge)
    {
        if (configuration.Executor.Attach.Master.Length != AttachConfiguration.KeyLength)
        {
            throw new InvalidOperationException("the configuration has no key for containers' sessions");
        }

        ports.OpenNetwork(options.Sessions ?? new IPEndPoint(bridge.Gateway, SessionPorts.NetworkPort));
        if (EndpointNetworks.AddressOf(configuration, ManagementRole) is { } management)
        {
            ports.OpenSerial(new IPEndPoint(management, SessionPorts.SerialPort));
        }

        return Task.FromResult(true);
    }

    private static (VSphereLayerDisks Disks, string Folder) Layers(
        VimClient client, EndpointMachine machine, VirtualContainerHostConfiguration configuration, VSpherePlatform platform)
    {
        var layers = configuration.Storage.LayerFolder is { Length: > 0 } own ? own : StorageConfiguration.DefaultLayerFolder;
        var folder = $"{ImageStoreOf(configuration).Path.Trim('/')}/VIC/{machine.Uuid}/{layers}".TrimStart('/');
        var disks = new VSphereLayerDisks(client, new LayerDiskOptions
        {
            Endpoint = machine.Reference,
            Datacenter = machine.Datacenter,
            DatacenterPath = machine.DatacenterPath,
            Datastore = platform.Datastore,
            Folder = folder,
            CapacityInKilobytes = platform.DiskCapacity,
        });
        return (disks, folder);
    }

    private static Task<ImageStore> OpenImagesAsync(
        VSphereLayerDisks disks,
        EndpointMachine machine,
        VirtualContainerHostConfiguration configuration,
        VimClient client,
        CancellationToken cancellationToken)
    {
        var state = new DatastoreKeyValueStore(
            client, machine.Datacenter, machine.DatacenterPath, DatastorePath.DatastoreOf(machine.FilePath), DatastorePath.FolderOf(machine.FilePath));
        var registry = new RegistryClient(RegistrySettings.From(configuration, ServiceEnvironment));
        var imageOptions = new ImageStoreOptions
        {
            MaximumLayerSize = Capacity(configuration) * 1024,
            Whitelist = new RegistryWhitelist(configuration.Registries.Whitelist, configuration.Registries.Insecure),
        };
        return ImageStore.OpenAsync(disks, state, registry, imageOptions, cancellationToken);
    }

    private DockerServerOptions ServerOptions(VirtualContainerHostConfiguration configuration)
    {
        var certificate = ServerCertificates.Server(configuration.Certificates);
        X509Certificate2[] authorities = [.. ServerCertificates.Authorities(configuration.Certificates.CertificateAuthorities)];
        return new DockerServerOptions
        {
            Listen = options.Listen ?? new IPEndPoint(IPAddress.Any, certificate is null ? PlainPort : TlsPort),
            Certificate = certificate,
            CertificateChain = ServerCertificates.Chain(configuration.Certificates),
            ClientAuthorities = authorities,
            Revoked = authorities.Length > 0 ? new RevokedClients(authorities) : null,
        };
    }

    /// <returns>The task that follows the configuration of the endpoint VM.</returns>
    private async Task<Task> FollowRevocationsAsync(
        VimClient client, EndpointMachine machine, RevokedClients? revoked, CancellationToken cancellationToken)
    {
        if (revoked is null)
        {
            return Task.CompletedTask;
        }

        var watch = new RevocationWatch(client, machine.Reference, revoked, loggers.CreateLogger<RevocationWatch>());
        await watch.ReadAsync(cancellationToken).ConfigureAwait(false);
        return watch.RunAsync(cancellationToken);
    }

    private static GuestUrl ImageStoreOf(VirtualContainerHostConfiguration configuration) =>
        configuration.Storage.ImageStores.FirstOrDefault() ?? throw new InvalidOperationException("the configuration names no image store");

    private static long Capacity(VirtualContainerHostConfiguration configuration) =>
        configuration.Storage.ScratchSize > 0 ? configuration.Storage.ScratchSize : DefaultDiskCapacity;

    private static string? ServiceEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) ?? Environment.GetEnvironmentVariable(name.ToLowerInvariant());

    private async Task<T> StepAsync<T>(string step, Func<Task<T>> action)
    {
        LogStep(step);
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            LogFailed(step, reason.Message, reason.GetType().Name);
            throw new StartException(step, reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Starting: {Step}")]
    private partial void LogStep(string step);

    [LoggerMessage(LogLevel.Critical, "Cannot {Step}: {Reason} ({Kind})")]
    private partial void LogFailed(string step, string reason, string kind);

    [LoggerMessage(LogLevel.Error, "The log is not forwarded, for the configuration names no log server: {Reason}")]
    private partial void LogNotForwarded(string reason);

    [LoggerMessage(LogLevel.Information, "{Name} serves the Docker API on {Address}; {Megabytes} MiB of memory are resident")]
    private partial void LogServing(string name, IPEndPoint address, long megabytes);
}

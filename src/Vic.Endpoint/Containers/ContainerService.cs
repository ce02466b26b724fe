using System.Security.Cryptography;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers.Creation;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Events;
using Vic.Endpoint.Images;
using Vic.Endpoint.Limits;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Containers;

/// <summary>Creates, renames and removes containers, and takes over those that outlived the endpoint.</summary>
public sealed partial class ContainerService
{
    private readonly IMachineHost _host;
    private readonly IImageStore _images;
    private readonly BridgeNetwork _network;
    private readonly StorageQuota _quota;
    private readonly ContainerEvents _events;
    private readonly ContainerRunner _runner;
    private readonly ILogger<ContainerService> _log;

    /// <summary>Joins the parts.</summary>
    public ContainerService(
        ContainerCatalog catalog,
        IMachineHost host,
        IImageStore images,
        BridgeNetwork network,
        StorageQuota quota,
        EventLog events,
        ILoggerFactory loggers)
    {
        Catalog = catalog;
        _host = host;
        _images = images;
        _network = network;
        _quota = quota;
        _events = new ContainerEvents(events);
        _log = loggers.CreateLogger<ContainerService>();
        _runner = new ContainerRunner(network, _events, RemoveAtExitAsync, loggers.CreateLogger<ContainerRunner>());
    }

    /// <summary>The containers.</summary>
    public ContainerCatalog Catalog { get; }

    /// <summary>Starts, stops and signals containers.</summary>
    public ContainerRunner Runner => _runner;

    /// <summary>Tells the world what happens to containers.</summary>
    public ContainerEvents Events => _events;

    /// <summary>Takes over the containers that vSphere knows; running ones are attached to again.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var found in await _host.RecoverAsync(cancellationToken).ConfigureAwait(false))
        {
            var container = new Container(found.Record, found.Machine, new ContainerState
            {
                Status = found.IsPoweredOn ? ContainerStatus.Running
                    : found.LastRun?.StartedAt is null ? ContainerStatus.Created : ContainerStatus.Exited,
                ExitCode = found.IsPoweredOn ? 0 : found.LastRun?.ExitCode ?? 0,
                Error = found.LastRun?.Error ?? "",
                StartedAt = found.LastRun?.StartedAt,
                FinishedAt = found.IsPoweredOn ? null : found.LastRun?.FinishedAt,
            });
            Catalog.Add(container);
            if (found.IsPoweredOn)
            {
                container.Network = found.Address is { } address ? _network.Restore(found.Record, address) : null;
                _runner.Resume(container);
            }

            _ = FollowAsync(container);
        }

        LogRecovered(Catalog.All().Count);
    }

    /// <summary>Creates a container from a checked request; returns it with what the user should know.</summary>
    public async Task<(Container Container, IReadOnlyList<string> Warnings)> CreateAsync(
        string name, ContainerConfig config, HostConfig hostConfig, CancellationToken cancellationToken)
    {
        if (config.Image.Length == 0)
        {
            throw EngineException.InvalidParameter("No command specified");
        }

        var image = await _images.FindAsync(config.Image, cancellationToken).ConfigureAwait(false)
            ?? throw EngineException.NotFound($"No such image: {WithTag(config.Image)}");
        var merged = ConfigMerge.Merge(config, image.Configuration);
        var size = MachineSize.Of(hostConfig);
        _network.Check(hostConfig);
        await _quota.CheckAsync(cancellationToken).ConfigureAwait(false);

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var reserved = Catalog.ReserveName(name, id);
        try
        {
            var record = new ContainerRecord
            {
                Id = id,
                Name = reserved,
                Created = DateTimeOffset.UtcNow,
                ImageId = image.Id,
                LayerId = image.LayerId,
                Config = merged with { Hostname = merged.Hostname.Length > 0 ? merged.Hostname : id[..12] },
                HostConfig = hostConfig,
                Processors = size.Processors,
                MemoryMegabytes = size.MemoryMegabytes,
            };
            var machine = await _host.CreateAsync(record, image.DiskPath, cancellationToken).ConfigureAwait(false);
            var container = new Container(record, machine, new ContainerState());
            Catalog.Add(container);
            _events.Publish(container, "create");
            _ = FollowAsync(container);
            return (container, [.. size.Warnings, .. VolumeWarnings(image)]);
        }
        catch
        {
            Catalog.ReleaseName(reserved);
            throw;
        }
    }

    /// <summary>Gives a container another name.</summary>
    public async Task RenameAsync(Container container, string name, CancellationToken cancellationToken)
    {
        name = name.StartsWith('/') ? name[1..] : name;
        if (name.Length == 0)
        {
            throw EngineException.InvalidParameter("Neither old nor new names may be empty");
        }

        await container.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var old = container.Record;
            if (old.Name == name)
            {
                throw EngineException.InvalidParameter("Renaming a container with the same name as its current name");
            }

            ReserveNewName(name, container.Id);
            try
            {
                var renamed = old with { Name = name };
                await container.Machine.UpdateAsync(renamed, cancellationToken).ConfigureAwait(false);
                container.Record = renamed;
            }
            catch
            {
                Catalog.ReleaseName(name);
                throw;
            }

            Catalog.ReleaseName(old.Name);
            _events.Publish(container, "rename", ("oldName", "/" + old.Name));
        }
        finally
        {
            container.Turn.Release();
        }
    }

    /// <summary>Removes a container; a running one only by force.</summary>
    public async Task RemoveAsync(Container container, bool force, CancellationToken cancellationToken)
    {
        if (container.State.Status == ContainerStatus.Removing)
        {
            throw EngineException.Conflict($"removal of container {container.Record.Name} is already in progress");
        }

        if (container.State.IsRunning || container.State.Status == ContainerStatus.Starting)
        {
            if (!force)
            {
                throw EngineException.Conflict(
                    $"You cannot remove a running container {container.Id}. Stop the container before attempting removal or force remove");
            }

            await _runner.KillAsync(container, Signals.Kill, cancellationToken).ConfigureAwait(false);
            await _runner.WaitUntilStoppedAsync(container, cancellationToken).ConfigureAwait(false);
        }

        await DestroyAsync(container, powersOff: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task DestroyAsync(Container container, bool powersOff, CancellationToken cancellationToken)
    {
        await container.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (container.Removed.IsCompleted)
            {
                return;
            }

            container.Move(state => state with { Status = ContainerStatus.Removing });
            try
            {
                if (powersOff && container.Machine.IsPoweredOn)
                {
                    await container.Machine.PowerOffAsync(cancellationToken).ConfigureAwait(false);
                }

                await container.Machine.DestroyAsync(cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                container.Move(state => state with { Status = ContainerStatus.Dead });
                throw;
            }

            Forget(container);
        }
        finally
        {
            container.Turn.Release();
        }
    }

    /// <summary>Follows what others do to a container's VM in vSphere: they may power it on, and remove it.</summary>
    private async Task FollowAsync(Container container)
    {
        try
        {
            var known = 0;
            while (await container.Machine.WaitForRunAsync(known, CancellationToken.None).ConfigureAwait(false) is { } run)
            {
                known = run;
                await TakeUpAsync(container).ConfigureAwait(false);
                await _runner.WaitUntilStoppedAsync(container, CancellationToken.None).ConfigureAwait(false);
            }

            if (!await container.Machine.ExistsAsync(CancellationToken.None).ConfigureAwait(false))
            {
                await ForgetAsync(container).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            LogLostSight(container.Record.ShortId(), failure);
        }
    }

    private async Task TakeUpAsync(Container container)
    {
        try
        {
            await _runner.TakeUpAsync(container, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            LogTakeUpFailed(container.Record.ShortId(), failure);
        }
    }

    private async Task ForgetAsync(Container container)
    {
        await container.Turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!container.Removed.IsCompleted)
            {
                Forget(container);
            }
        }
        finally
        {
            container.Turn.Release();
        }
    }

    private void Forget(Container container)
    {
        Catalog.Remove(container);
        _network.Release(container.Id);
        _events.Publish(container, "destroy");
        container.EndLife();
    }

    private async Task RemoveAtExitAsync(Container container)
    {
        try
        {
            // What ended with a reset is on again; it had one run to live.
            await DestroyAsync(container, powersOff: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            LogRemovalFailed(container.Record.ShortId(), failure);
        }
    }

    private void ReserveNewName(string name, string id)
    {
        try
        {
            Catalog.ReserveName(name, id);
        }
        catch (EngineException refused)
        {
            throw new EngineException(refused.Kind, $"Error when allocating new name: {refused.Message}", refused);
        }
    }

    private static string WithTag(string reference) =>
        reference.Contains('@', StringComparison.Ordinal) || reference[(reference.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal)
            ? reference
            : reference + ":latest";

    private static IEnumerable<string> VolumeWarnings(StoredImage image) => image.Configuration.Volumes.Select(
        path => $"The image's volume {path} is kept on the container's own disk: this virtual container host has no volumes.");

    [LoggerMessage(LogLevel.Information, "Found {Count} containers")]
    private partial void LogRecovered(int count);

    [LoggerMessage(LogLevel.Error, "Container {Container} was started by somebody else and could not be taken up")]
    private partial void LogTakeUpFailed(string container, Exception failure);

    [LoggerMessage(LogLevel.Error, "What others do to container {Container} is no longer noticed")]
    private partial void LogLostSight(string container, Exception failure);

    [LoggerMessage(LogLevel.Error, "Container {Container} could not be removed at its end")]
    private partial void LogRemovalFailed(string container, Exception failure);
}

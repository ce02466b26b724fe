using System.Globalization;
using Vic.Endpoint.Api.Models;

namespace Vic.Endpoint.Containers;

/// <summary>How a container looks to docker's clients.</summary>
internal static class ContainerView
{
    private const string NoTime = "0001-01-01T00:00:00Z";

    /// <summary>A time as Go prints it.</summary>
    public static string Time(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture) : NoTime;

    /// <summary>The answer to inspect.</summary>
    public static ContainerInspection Inspect(Container container, string networkId, IReadOnlyList<string>? execIds)
    {
        var record = container.Record;
        var state = container.State;
        var command = record.CommandLine();
        var network = NetworkOf(container, networkId);
        return new ContainerInspection
        {
            Id = record.Id,
            Created = Time(record.Created),
            Path = command[0],
            Args = [.. command.Skip(1)],
            State = new ContainerStateView
            {
                Status = state.Word,
                Running = state.IsRunning,
                Dead = state.Status == ContainerStatus.Dead,
                Pid = state.IsRunning ? 1 : 0,
                ExitCode = state.ExitCode,
                Error = state.Error,
                StartedAt = Time(state.StartedAt),
                FinishedAt = Time(state.FinishedAt),
            },
            Image = record.ImageId,
            Name = "/" + record.Name,
            Driver = "vsphere",
            ExecIDs = execIds,
            HostConfig = record.HostConfig,
            GraphDriver = new DriverData { Name = "vsphere" },
            Config = record.Config,
            NetworkSettings = new NetworkSettings
            {
                EndpointID = network.EndpointID,
                Gateway = network.Gateway,
                IPAddress = network.IPAddress,
                IPPrefixLen = network.IPPrefixLen,
                Networks = { [NetworkName(record)] = network },
            },
        };
    }

    /// <summary>A line of the list.</summary>
    public static ContainerSummary Summarize(Container container, string networkId, bool imageHasName)
    {
        var record = container.Record;
        return new ContainerSummary
        {
            Id = record.Id,
            Names = ["/" + record.Name],
            // vic-machine's images are not in the store, and their names are still what users know.
            Image = imageHasName || record.IsEarlier ? record.Config.Image : record.ImageId,
            ImageID = record.ImageId,
            Command = string.Join(' ', record.CommandLine().Select(Quote)),
            Created = record.Created.ToUnixTimeSeconds(),
            Ports = [.. (record.Config.ExposedPorts?.Keys ?? Enumerable.Empty<string>()).Where(_ => container.State.IsRunning).Select(Port)],
            Labels = record.Config.Labels ?? [],
            State = container.State.Word,
            Status = StatusOf(container.State, DateTimeOffset.UtcNow),
            HostConfig = new HostConfigSummary { NetworkMode = record.HostConfig.NetworkMode },
            NetworkSettings = new NetworkSettingsSummary { Networks = { [NetworkName(record)] = NetworkOf(container, networkId) } },
        };
    }

    /// <summary>The network's name as docker shows it.</summary>
    public static string NetworkName(ContainerRecord record) =>
        record.Config.NetworkDisabled == true || record.HostConfig.NetworkMode == "none" ? "none" : "bridge";

    /// <summary>The status column of <c>docker ps</c>.</summary>
    public static string StatusOf(ContainerState state, DateTimeOffset now) => state.Status switch
    {
        ContainerStatus.Running or ContainerStatus.Stopping => $"Up {HumanDuration.Of(now - (state.StartedAt ?? now))}",
        ContainerStatus.Removing => "Removal In Progress",
        ContainerStatus.Dead => "Dead",
        _ when state.StartedAt is null || state.FinishedAt is null => "Created",
        _ => string.Create(CultureInfo.InvariantCulture, $"Exited ({state.ExitCode}) {HumanDuration.Of(now - state.FinishedAt.Value)} ago"),
    };

    private static EndpointSettings NetworkOf(Container container, string networkId)
    {
        var binding = container.State.IsRunning ? container.Network : null;
        return binding is null
            ? new EndpointSettings()
            : new EndpointSettings
            {
                NetworkID = networkId,
                EndpointID = container.Id,
                Gateway = binding.Gateway.ToString(),
                IPAddress = binding.Address.ToString(),
                IPPrefixLen = binding.PrefixLength,
            };
    }

    private static PortSummary Port(string port)
    {
        var parts = port.Split('/');
        _ = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return new PortSummary { PrivatePort = number, Type = parts.Length > 1 ? parts[1] : "tcp" };
    }

    /// <summary>docker quotes arguments that hold spaces, as moby's list does.</summary>
    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Vic.Configuration;
using Vic.Endpoint.Api;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Containers.Creation;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>A container's record as its VM's configuration, and back.</summary>
internal static class ContainerConfigurationCodec
{
    /// <summary>The hidden annotation that holds the record.</summary>
    public const string RecordAnnotation = "docker.container";

    /// <summary>The hidden annotation that holds the labels: base64 of a JSON map.</summary>
    public const string LabelsAnnotation = "docker.labels";

    private const long NanosecondsPerTick = 100;

    // The ISO that a container boots is of the endpoint's release.
    private static readonly ProductBuild Build = new()
    {
        Version = $"v{ProductVersion.Number}",
        BuildNumber = "0",
        GitCommit = ProductVersion.Commit,
        PluginVersion = ProductBuild.CurrentPluginVersion,
    };

    /// <summary>The configuration that the tether reads and a restarted endpoint recovers from.</summary>
    public static ExecutorConfiguration Encode(ContainerRecord record, byte[] sessionKey, string attachAddress, NetworkBinding? network)
    {
        var command = record.CommandLine();
        var created = (record.Created - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
        var configuration = new ExecutorConfiguration
        {
            Id = record.Id,
            Name = record.Name,
            CreateTime = created,
            LayerId = record.LayerId,
            ImageId = record.ImageId,
            RepositoryName = record.Config.Image,
            HostName = record.Config.Hostname,
            DomainName = record.Config.Domainname,
            Version = Build,
            Sessions =
            {
                [record.Id] = new SessionConfiguration
                {
                    Id = record.Id,
                    Name = record.Name,
                    Path = command[0],
                    Arguments = [.. command],
                    Environment = [.. ConfigMerge.ProcessEnvironment(record.Config)],
                    WorkingDirectory = record.Config.WorkingDir,
                    User = record.Config.User,
                    Attach = true,
                    OpenStdin = record.Config.OpenStdin,
                    Tty = record.Config.Tty,
                    // Whoever powers the machine on, the process runs: what it prints is kept until the endpoint has connected.
                    RunBlock = false,
                    Active = true,
                    StopSignal = record.Config.StopSignal ?? "",
                    StopTimeout = record.Config.StopTimeout ?? 0,
                },
            },
            Annotations =
            {
                [RecordAnnotation] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(record, EngineJson.Wire.ContainerRecord)),
                [LabelsAnnotation] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Labels(record))),
            },
        };
        configuration.Attach.Key = sessionKey;
        configuration.Attach.Address = attachAddress;
        if (network is not null)
        {
            configuration.Networks[BridgePlace.NetworkName] = Encode(network);
        }

        return configuration;
    }

    /// <summary>The record in a VM's configuration; null when the VM is no container of ours or its record cannot be read.</summary>
    public static ContainerRecord? Decode(IReadOnlyDictionary<string, string> values)
    {
        if (!values.TryGetValue($"annotations|{RecordAnnotation}", out var text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(text), EngineJson.Wire.ContainerRecord);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What the guest reported of its main process.</summary>
    /// <param name="values">The VM's keys.</param>
    /// <param name="id">The container's id.</param>
    /// <param name="inSeconds">Whether it reports times in seconds, as a tether of vic-machine's release does, rather than in nanoseconds.</param>
    public static GuestReport? DecodeReport(IReadOnlyDictionary<string, string> values, string id, bool inSeconds = false)
    {
        string Value(string key) => values.GetValueOrDefault($"guestinfo.vice..sessions|{id}.{key}", "") is var text && text != "<nil>" ? text : "";
        var started = Value("started");
        if (started.Length == 0)
        {
            return null;
        }

        var stopped = Time(Value("detail.stoptime"), inSeconds);
        return new GuestReport(
            stopped is not null && int.TryParse(Value("status"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status) ? status : null,
            started == "true" ? "" : started,
            Time(Value("detail.starttime"), inSeconds),
            stopped);
    }

    /// <summary>The address that a container was given for its last run.</summary>
    public static IPAddress? DecodeAddress(IReadOnlyDictionary<string, string> values)
    {
        if (!values.TryGetValue("guestinfo.vice./networks|bridge/ip/IP", out var text))
        {
            return null;
        }

        try
        {
            return GuestAddress.TryFromBytes(Convert.FromBase64String(text))?.ToIPAddress();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What to write before a run: its place on the network, and nothing of what the guest reported of the run before.</summary>
    public static Dictionary<string, string> NextRun(string id, NetworkBinding? network, IReadOnlyDictionary<string, string> present)
    {
        var networks = new Dictionary<string, NetworkEndpoint>(StringComparer.Ordinal);
        if (network is not null)
        {
            networks[BridgePlace.NetworkName] = Encode(network);
        }

        return GuestInfoSet.OfNextRun(id, networks, present);
    }

    private static NetworkEndpoint Encode(NetworkBinding network)
    {
        var prefix = network.PrefixLength.ToString(CultureInfo.InvariantCulture);
        return BridgePlace.Describe(
            GuestNetwork.Parse($"{network.Address}/{prefix}"),
            GuestNetwork.Parse($"{network.Gateway}/{prefix}"),
            network.DnsServers.Select(GuestAddress.From));
    }

    private static string Labels(ContainerRecord record)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in record.Config.Labels ?? [])
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static DateTimeOffset? Time(string text, bool inSeconds)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count <= 0)
        {
            return null;
        }

        return inSeconds
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(count, DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
            : DateTimeOffset.UnixEpoch.AddTicks(count / NanosecondsPerTick);
    }
}

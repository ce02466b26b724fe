using System.Net;
using System.Text.Json;
using Vic.Configuration;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Machines.VSphere;

/// <summary>A container of vic-machine's endpoint, from its VM's configuration (vmware/vic, lib/config/executor): there it is written field by field, without a record.</summary>
internal static class EarlierContainerCodec
{
    private const int IdLength = 64;

    // base64 of a JSON truth value (vmware/vic, lib/apiservers/engine/backends/convert).
    private const string AutoRemoveAnnotation = "docker.autoremove";

    /// <summary>The container; null when the VM is none of vic-machine's endpoint, or its configuration cannot be read.</summary>
    public static ContainerRecord? Decode(IReadOnlyDictionary<string, string> values)
    {
        if (!values.ContainsKey(GuestInfoNames.ContainerId) || values.ContainsKey(GuestInfoNames.SessionKey)
            || values.ContainsKey($"annotations|{ContainerConfigurationCodec.RecordAnnotation}"))
        {
            return null;
        }

        try
        {
            var configuration = Read(values);
            return configuration.Id.Length == IdLength && configuration.Id.All(char.IsAsciiHexDigitLower)
                && configuration.Sessions.TryGetValue(configuration.Id, out var session)
                ? Describe(configuration, session)
                : null;
        }
        catch (GuestConfigurationException)
        {
            // A container writes some of its keys; what it breaks is its own listing.
            return null;
        }
    }

    /// <summary>
    /// What to write before a run. The process must not wait to be let run by an endpoint: the mark for that goes with the reports of the run before. The place on
    /// the bridge network is this endpoint's to give; cards, other networks and ports stay as they are.
    /// </summary>
    public static Dictionary<string, string> NextRun(string id, NetworkBinding? network, IReadOnlyDictionary<string, string> present)
    {
        var changes = GuestInfoSet.OfNextRun(id, networks: null, present);
        var configuration = Read(present);
        if (network is not null && configuration.Networks.TryGetValue(BridgePlace.NetworkName, out var bridge))
        {
            bridge.Static = true;
            bridge.Address = Place(network.Address, network.PrefixLength);
            bridge.Network.Gateway = Place(network.Gateway, network.PrefixLength);
            bridge.Write(
                new GuestInfoWriter((key, value) => changes[key] = value, seal: null, static key => !key.IsGuestWritable), GuestInfoKey.Root, BridgePlace.NetworkName);
        }

        return changes;
    }

    private static ExecutorConfiguration Read(IReadOnlyDictionary<string, string> values) =>
        ExecutorConfiguration.Read(new GuestInfoReader(values), GuestInfoKey.Root);

    private static ContainerRecord Describe(ExecutorConfiguration configuration, SessionConfiguration session) => new()
    {
        IsEarlier = true,
        Id = configuration.Id,
        Name = configuration.Name.Length > 0 ? configuration.Name : configuration.Id[..12],
        Created = DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, configuration.CreateTime) / 100),
        ImageId = configuration.ImageId.Length > 0 ? $"sha256:{configuration.ImageId}" : "",
        LayerId = configuration.LayerId,
        Config = new ContainerConfig
        {
            Hostname = configuration.HostName.Length > 0 ? configuration.HostName : configuration.Id[..12],
            Domainname = configuration.DomainName,
            User = session.Group.Length > 0 ? $"{session.User}:{session.Group}" : session.User,
            AttachStdout = true,
            AttachStderr = true,
            Tty = session.Tty,
            OpenStdin = session.OpenStdin,
            Env = session.Environment,
            Cmd = session.Arguments.Count > 0 ? session.Arguments : [session.Path],
            Image = configuration.RepositoryName,
            WorkingDir = session.WorkingDirectory,
            NetworkDisabled = !configuration.Networks.ContainsKey(BridgePlace.NetworkName),
            Labels = Labels(configuration),
            StopSignal = session.StopSignal.Length > 0 ? session.StopSignal : null,
        },
        HostConfig = new HostConfig
        {
            NetworkMode = configuration.Networks.ContainsKey(BridgePlace.NetworkName) ? BridgePlace.NetworkName : configuration.Networks.Keys.FirstOrDefault() ?? "none",
            AutoRemove = Annotation(configuration, AutoRemoveAnnotation) is { ValueKind: JsonValueKind.True },
        },
        Processors = 0,
        MemoryMegabytes = 0,
    };

    private static SortedDictionary<string, string>? Labels(ExecutorConfiguration configuration) =>
        Annotation(configuration, ContainerConfigurationCodec.LabelsAnnotation) is { ValueKind: JsonValueKind.Object } labels
            ? new(labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.ToString()))
            : null;

    private static JsonElement? Annotation(ExecutorConfiguration configuration, string name)
    {
        if (!configuration.Annotations.TryGetValue(name, out var text))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(text));
            return document.RootElement.Clone();
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    private static GuestNetwork Place(IPAddress address, int prefix) => GuestNetwork.Parse(FormattableString.Invariant($"{address}/{prefix}"));
}

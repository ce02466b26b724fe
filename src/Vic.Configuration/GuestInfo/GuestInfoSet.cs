namespace Vic.Configuration;

/// <summary>Whole configurations as key maps for CreateVM and Reconfigure.</summary>
public static class GuestInfoSet
{
    /// <summary>Every key of a virtual container host, with the secret key under <see cref="GuestInfoKey.SecretKeyName"/>.</summary>
    public static Dictionary<string, string> Of(VirtualContainerHostConfiguration configuration, SecretKey secretKey)
    {
        var keys = New(secretKey);
        configuration.Write(new GuestInfoWriter((name, value) => keys[name] = value, secretKey.Seal));
        return keys;
    }

    /// <summary>Every key of a container, with the secret key under <see cref="GuestInfoKey.SecretKeyName"/>.</summary>
    public static Dictionary<string, string> Of(ExecutorConfiguration configuration, SecretKey secretKey)
    {
        var keys = New(secretKey);
        configuration.Write(new GuestInfoWriter((name, value) => keys[name] = value, secretKey.Seal), GuestInfoKey.Root);
        return keys;
    }

    /// <summary>
    /// The keys of a container that may be written while its virtual machine runs: vSphere does not keep what the API writes to other
    /// guest keys of a running one (vmware/vic, lib/portlayer/exec/handle.go).
    /// </summary>
    public static Dictionary<string, string> OfRunning(ExecutorConfiguration configuration)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        configuration.Write(
            new GuestInfoWriter(
                (name, value) => keys[name] = value,
                seal: null,
                static key => (key.Scope & (GuestInfoScope.Hidden | GuestInfoScope.NonPersistent)) != 0),
            GuestInfoKey.Root);
        return keys;
    }

    /// <summary>
    /// What to write before a container's virtual machine is powered on: its places on networks, and nothing of what the guest reported of the
    /// run before, which would be taken for the new run's if that ends without a report.
    /// </summary>
    /// <param name="containerId">The container's id.</param>
    /// <param name="networks">Its places by network; null keeps those of the last run.</param>
    /// <param name="present">The keys of the virtual machine.</param>
    public static Dictionary<string, string> OfNextRun(
        string containerId, IReadOnlyDictionary<string, NetworkEndpoint>? networks, IReadOnlyDictionary<string, string> present)
    {
        // The empty value deletes a key.
        List<string> stale = [GuestInfoNames.SessionReports(containerId), GuestInfoNames.ShutdownGrace];
        if (networks is not null)
            stale.AddRange([GuestInfoNames.Networks, GuestInfoNames.NetworkReports]);
        var changes = present
            .Where(value => value.Value.Length > 0
                && (GuestInfoNames.IsAssignment(value.Key) || stale.Exists(prefix => value.Key.StartsWith(prefix, StringComparison.Ordinal))))
            .ToDictionary(value => value.Key, _ => "", StringComparer.Ordinal);
        if (networks is not null)
        {
            var configuration = new ExecutorConfiguration();
            foreach (var network in networks)
                configuration.Networks.Add(network.Key, network.Value);
            configuration.Write(
                new GuestInfoWriter(
                    (name, value) => changes[name] = value,
                    seal: null,
                    static key => key.Name.StartsWith(GuestInfoNames.Networks, StringComparison.Ordinal)),
                GuestInfoKey.Root);
        }

        return changes;
    }

    /// <summary>The keys that say which build a container is of, whose bootstrap ISO it boots.</summary>
    public static Dictionary<string, string> OfBuild(ProductBuild build)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        new ExecutorConfiguration { Version = build }.Write(
            new GuestInfoWriter(
                (name, value) => keys[name] = value,
                seal: null,
                static key => key.Name.StartsWith(GuestInfoNames.Build, StringComparison.Ordinal)),
            GuestInfoKey.Root);
        return keys;
    }

    /// <summary>
    /// What to write so that a virtual machine with <paramref name="present"/> has <paramref name="wanted"/>: new and changed keys with their
    /// values, and the keys that <paramref name="known"/> has and the wanted set has not with the empty value, which deletes them.
    /// Keys that nobody knows, such as those of a newer version, stay.
    /// </summary>
    /// <param name="present">The keys of the virtual machine.</param>
    /// <param name="known">The keys that the present configuration gives when it is written again.</param>
    /// <param name="wanted">The keys of the new configuration.</param>
    public static Dictionary<string, string> Changes(
        IReadOnlyDictionary<string, string> present,
        IReadOnlyDictionary<string, string> known,
        IReadOnlyDictionary<string, string> wanted)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in wanted)
        {
            if (!present.TryGetValue(pair.Key, out var value) || value != pair.Value)
                changes[pair.Key] = pair.Value;
        }

        foreach (var pair in known)
        {
            if (present.ContainsKey(pair.Key) && !wanted.ContainsKey(pair.Key))
                changes[pair.Key] = "";
        }

        return changes;
    }

    /// <summary>
    /// What to write so that a virtual machine with the one configuration has the other. Secrets that do not change keep the seal that they have.
    /// </summary>
    /// <param name="present">The configuration that the virtual machine has.</param>
    /// <param name="wanted">The configuration that it is to have.</param>
    /// <param name="secretKey">The virtual machine's own key; null when both were read without it, and hold no secret.</param>
    public static Dictionary<string, string> Changes(
        VirtualContainerHostConfiguration present, VirtualContainerHostConfiguration wanted, SecretKey? secretKey)
    {
        // Two seals of one value differ, so values are compared before they are sealed.
        var before = Write(present, secretKey is null ? null : static value => value);
        var after = Write(wanted, secretKey is null ? null : static value => value);
        var changes = Changes(before, before, after);
        foreach (var pair in Write(wanted, secretKey is null ? null : secretKey.Seal))
        {
            if (changes.TryGetValue(pair.Key, out var value) && value.Length > 0)
                changes[pair.Key] = pair.Value;
        }

        return changes;
    }

    private static Dictionary<string, string> Write(VirtualContainerHostConfiguration configuration, Func<string, string>? seal)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        configuration.Write(new GuestInfoWriter((name, value) => keys[name] = value, seal));
        return keys;
    }

    private static Dictionary<string, string> New(SecretKey secretKey) =>
        new(StringComparer.Ordinal) { [GuestInfoKey.SecretKeyName] = secretKey.Export() };
}

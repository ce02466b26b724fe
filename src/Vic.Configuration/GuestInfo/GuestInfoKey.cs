namespace Vic.Configuration;

/// <summary>
/// The full name of one configuration key. A child's separators follow its own scope, so a structure of mixed scopes splits
/// into key families: <c>guestinfo.vice./sessions|a/tty</c> and <c>guestinfo.vice..sessions|a.started</c>.
/// The rules, down to their treatment of dots in map keys, are those of vmware/vic, pkg/vsphere/extraconfig/keys.go.
/// </summary>
public readonly struct GuestInfoKey : IEquatable<GuestInfoKey>
{
    /// <summary>What every key that a guest can see starts with.</summary>
    public const string GuestPrefix = "guestinfo.vice.";

    /// <summary>The key that carries the secret key: readable by the guest, hidden from readers of the API.</summary>
    public const string SecretKeyName = "guestinfo.ovfEnv";

    /// <summary>Separates the entries of a list or of a map's keys; no entry key may contain it.</summary>
    internal const char EntrySeparator = '|';

    private const char SuffixSeparator = '@';
    private const string GuestInfo = "guestinfo.";
    private const string SecretSuffix = "@secret";
    private const string NonPersistentSuffix = "@non-persistent";

    private readonly string? name;

    private GuestInfoKey(string name) => this.name = name;

    /// <summary>The root of a container virtual machine's own configuration.</summary>
    public static GuestInfoKey Root => new("");

    /// <summary>The root of the executor configuration inside a virtual container host's configuration.</summary>
    public static GuestInfoKey Appliance => Root.Child("init", GuestInfoScope.ReadOnly);

    /// <summary>The key as written to the virtual machine.</summary>
    public string Name => name ?? "";

    /// <summary>The scope that the key's form states.</summary>
    public GuestInfoScope Scope
    {
        get
        {
            var scope = Name.StartsWith(GuestInfo, StringComparison.Ordinal) ? GuestInfoScope.None : GuestInfoScope.Hidden;
            scope |= Contains(Name, '/') ? GuestInfoScope.ReadOnly : GuestInfoScope.ReadWrite;
            if (HasSuffix(SecretSuffix))
                scope |= GuestInfoScope.Secret | GuestInfoScope.ReadOnly;
            if (HasSuffix(NonPersistentSuffix))
                scope |= GuestInfoScope.NonPersistent;
            return scope;
        }
    }

    /// <summary>Whether there is a value under this key at all.</summary>
    internal bool IsStored => Name.Length > 0;

    /// <summary>Whether the value is sealed.</summary>
    public bool IsSecret => HasSuffix(SecretSuffix);

    /// <summary>Whether the guest may change the value.</summary>
    public bool IsGuestWritable => Name.StartsWith(GuestPrefix, StringComparison.Ordinal) && !Contains(Name, '/');

    /// <summary>The key of a field that has no scope of its own and takes its parent's.</summary>
    public GuestInfoKey Child(string field) => Child(field, Scope);

    /// <summary>The key of a field with its own scope.</summary>
    public GuestInfoKey Child(string field, GuestInfoScope scope)
    {
        var prefix = Name;
        if (HasSuffix(NonPersistentSuffix))
            scope |= GuestInfoScope.NonPersistent;
        if ((scope & GuestInfoScope.Secret) != 0)
            scope |= GuestInfoScope.ReadOnly;

        var hidden = (scope & GuestInfoScope.Hidden) != 0;
        // A hidden key cannot vanish with the power state, so the reference system writes no such key, and neither do we.
        if (hidden && (scope & GuestInfoScope.NonPersistent) != 0)
            return default;
        var separator = !hidden && (scope & GuestInfoScope.ReadWrite) != 0 ? '.' : '/';
        var visible = prefix.StartsWith(GuestInfo, StringComparison.Ordinal);

        var suffix = prefix.IndexOf(SuffixSeparator);
        if (suffix >= 0)
            prefix = prefix.Substring(0, suffix);

        var path = prefix.Length == 0 ? field : prefix + separator + field;
        if ((scope & GuestInfoScope.Secret) != 0)
            path += SecretSuffix;
        if ((scope & GuestInfoScope.NonPersistent) != 0)
            path += NonPersistentSuffix;

        if (hidden)
            return new GuestInfoKey(visible ? path.Substring(GuestPrefix.Length + 1) : path);

        path = path.Replace(separator == '.' ? '/' : '.', separator);
        return new GuestInfoKey(visible
            ? GuestPrefix + path.Substring(GuestPrefix.Length)
            : GuestPrefix + separator + path);
    }

    /// <summary>The key of one entry of a map, or of one item of a list of structures.</summary>
    public GuestInfoKey Entry(string entry) => Append(EntrySeparator + entry);

    /// <summary>The key that carries a list's joined values; the list's own key carries the last index.</summary>
    public GuestInfoKey Values() => Append("~");

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public bool Equals(GuestInfoKey other) => string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GuestInfoKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>Whether both keys have the same name.</summary>
    public static bool operator ==(GuestInfoKey left, GuestInfoKey right) => left.Equals(right);

    /// <summary>Whether the keys have different names.</summary>
    public static bool operator !=(GuestInfoKey left, GuestInfoKey right) => !left.Equals(right);

    private GuestInfoKey Append(string text)
    {
        var suffix = Name.IndexOf(SuffixSeparator);
        return new GuestInfoKey(suffix < 0 ? Name + text : Name.Substring(0, suffix) + text + Name.Substring(suffix));
    }

    private bool HasSuffix(string suffix)
    {
        var text = Name;
        var at = text.IndexOf(suffix, StringComparison.Ordinal);
        return at >= 0 && (at + suffix.Length == text.Length || text[at + suffix.Length] == SuffixSeparator);
    }

    private static bool Contains(string text, char character) => text.IndexOf(character) >= 0;
}

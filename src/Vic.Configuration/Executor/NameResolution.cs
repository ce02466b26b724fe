namespace Vic.Configuration;

/// <summary>Facts for <c>resolv.conf</c> and <c>hosts</c> that the user gave the container (our keys).</summary>
public sealed class NameResolution
{
    /// <summary>Name servers instead of those of the networks.</summary>
    public List<string> Servers { get; set; } = [];

    /// <summary>Search domains.</summary>
    public List<string> Search { get; set; } = [];

    /// <summary>Resolver options, such as <c>ndots:2</c>.</summary>
    public List<string> Options { get; set; } = [];

    /// <summary>Further lines of <c>hosts</c>: an address, a blank, names.</summary>
    public List<string> Hosts { get; set; } = [];

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Servers = map.Texts(key.Child("servers"), Servers);
        Search = map.Texts(key.Child("search"), Search);
        Options = map.Texts(key.Child("options"), Options);
        Hosts = map.Texts(key.Child("hosts"), Hosts);
    }
}

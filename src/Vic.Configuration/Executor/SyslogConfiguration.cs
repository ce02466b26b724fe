namespace Vic.Configuration;

/// <summary>A log server (RFC 5424).</summary>
public sealed class SyslogConfiguration : IGuestInfoStructure
{
    /// <summary><c>udp</c> or <c>tcp</c>.</summary>
    public string Network { get; set; } = "";

    /// <summary><c>host:port</c>.</summary>
    public string Address { get; set; } = "";

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Network = map.Text(key.Child("Network"), Network);
        Address = map.Text(key.Child("RAddr"), Address);
    }
}

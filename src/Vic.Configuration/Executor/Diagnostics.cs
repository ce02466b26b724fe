namespace Vic.Configuration;

/// <summary>Log level, restart counters and the remote log of a virtual machine or of one of its processes.</summary>
public sealed class Diagnostics
{
    /// <summary>The log level: 0 quiet, larger is more.</summary>
    public int DebugLevel { get; set; }

    /// <summary>How often the entity was started again; written by the guest.</summary>
    public int Resurrections { get; set; }

    /// <summary>How earlier runs ended; written by the guest.</summary>
    public List<ExitLog> ExitLogs { get; set; } = [];

    /// <summary>The log server, if any.</summary>
    public SyslogConfiguration? Syslog { get; set; }

    internal void Map(GuestInfoMapper map, GuestInfoKey key)
    {
        DebugLevel = map.Integer(key.Child("debug", GuestInfoScope.ReadOnly), DebugLevel);
        Resurrections = map.Integer(key.Child("resurrections", GuestInfoScope.ReadWrite), Resurrections);
        ExitLogs = map.Items(key.Child("exitlogs", GuestInfoScope.ReadWrite), ExitLogs, static () => new ExitLog());
        Syslog = map.Optional(key.Child("syslog", GuestInfoScope.ReadOnly), Syslog, static () => new SyslogConfiguration());
    }
}

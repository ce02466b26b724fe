namespace Vic.Configuration;

/// <summary>The firewall policy of a container network, applied inside the container's virtual machine.</summary>
public enum TrustLevel
{
    /// <summary>Not stated; treated as <see cref="Published"/>.</summary>
    Unspecified = 0,

    /// <summary>Outbound connections and the published ports.</summary>
    Published = 1,

    /// <summary>Everything.</summary>
    Open = 2,

    /// <summary>Nothing.</summary>
    Closed = 3,

    /// <summary>Outbound connections only.</summary>
    Outbound = 4,

    /// <summary>Outbound connections and everything among the network's members.</summary>
    Peers = 5,
}

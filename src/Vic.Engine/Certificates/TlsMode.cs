namespace Vic.Engine.Certificates;

/// <summary>How the Docker API of a VCH is protected.</summary>
public enum TlsMode
{
    /// <summary>TLS, and only clients with a certificate of the VCH's authority are let in.</summary>
    Mutual,

    /// <summary>TLS with a certificate that signs itself; any client is let in.</summary>
    ServerOnly,

    /// <summary>Plain HTTP.</summary>
    None,
}

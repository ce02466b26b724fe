namespace Vic.Engine.Certificates;

/// <summary>What one Docker client needs. The key is a secret.</summary>
/// <param name="Authority">The authority's certificate as PEM text.</param>
/// <param name="Client">The client's certificate and key.</param>
public sealed record ClientCertificate(string Authority, KeyedCertificate Client)
{
    /// <inheritdoc/>
    public override string ToString() => Client.Certificate.SubjectDN.ToString();
}

using Vic.Engine.Certificates;
using Vic.Engine.Inspection;

namespace Vic.PowerShell.Output;

/// <summary>Finds the folder that holds the client certificate of a VCH.</summary>
internal static class CertificateSearch
{
    /// <returns>The folder when it holds a client certificate that the VCH lets in; null otherwise.</returns>
    public static string? Find(VchInfo vch, string folder)
    {
        var certificates = new CertificateFolder(folder);
        return vch.TlsMode == TlsMode.Mutual && certificates.HoldsClientOf(vch.ClientAuthorities) ? certificates.Path : null;
    }
}

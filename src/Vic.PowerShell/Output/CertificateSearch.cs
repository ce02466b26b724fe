using Vic.Engine;
using Vic.Engine.Certificates;
using Vic.Engine.Inspection;

namespace Vic.PowerShell.Output;

/// <summary>Finds the folder that holds the client certificate of a VCH.</summary>
internal static class CertificateSearch
{
    /// <returns>The folder when its authority is the VCH's; null otherwise.</returns>
    public static string? Find(VchInfo vch, string folder)
    {
        try
        {
            var certificates = new CertificateFolder(folder);
            return vch.TlsMode == TlsMode.Mutual && certificates.ReadClientAuthority() is { } authority && authority == vch.ClientAuthorities
                ? certificates.Path
                : null;
        }
        catch (VicException)
        {
            // A folder that cannot be read is not the one.
            return null;
        }
    }
}

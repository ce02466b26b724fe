using System.Text;
using Vic.Oci.References;

namespace Vic.Oci.Manifests;

/// <summary>The identity of a layer together with everything below it (OCI image specification, config.md, "Layer ChainID").</summary>
public static class ChainId
{
    /// <summary>The chain ids of an image's layers, lowest first.</summary>
    public static IReadOnlyList<Digest> Of(IReadOnlyList<Digest> diffIds)
    {
        var chain = new List<Digest>(diffIds.Count);
        foreach (var diffId in diffIds)
        {
            chain.Add(chain.Count == 0 ? diffId : Digest.Of(Encoding.ASCII.GetBytes($"{chain[^1]} {diffId}")));
        }

        return chain;
    }
}

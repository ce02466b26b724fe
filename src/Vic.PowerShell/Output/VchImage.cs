using Vic.Engine.Inspection;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Output;

/// <summary>An image in the store of a VCH, under one of its names.</summary>
public sealed class VchImage
{
    private const string NoName = "<none>";
    private const int DigestStart = 7;
    private const int ShortIdLength = 12;
    private const double BytesOfMegabyte = 1024 * 1024;

    private readonly VchImageInfo _info;

    internal VchImage(VchImageInfo info, VicServer server)
    {
        _info = info;
        Server = server;
    }

    /// <summary>Repository and tag, such as <c>busybox:latest</c>.</summary>
    public string Name => $"{Repository}:{Tag}";

    /// <summary>The name as Docker shows it; <c>&lt;none&gt;</c> without one.</summary>
    public string Repository => _info.Repository.Length > 0 ? _info.Repository : NoName;

    /// <summary>The tag; <c>&lt;none&gt;</c> without one.</summary>
    public string Tag => _info.Tag.Length > 0 ? _info.Tag : NoName;

    /// <summary><c>sha256:</c> and the digest of the image's configuration.</summary>
    public string Id => _info.Id;

    /// <summary>The first twelve digits of the id.</summary>
    public string ShortId => Id.Length > DigestStart + ShortIdLength ? Id.Substring(DigestStart, ShortIdLength) : Id;

    /// <summary>The sum of its files' sizes.</summary>
    public double SizeMB => Math.Round(_info.Size / BytesOfMegabyte, 2);

    /// <summary>When it was built; empty when its builder does not say.</summary>
    public DateTime? Created => _info.Created?.LocalDateTime;

    /// <summary>Operating system and architecture, such as <c>linux/amd64</c>.</summary>
    public string Platform => _info.Platform;

    /// <summary>The ids of its layers in the store, the lowest first.</summary>
    public IReadOnlyList<string> Layers => _info.Layers;

    /// <summary>The names with the digest of the manifest by which it was pulled.</summary>
    public IReadOnlyList<string> Digests => _info.Digests;

    /// <summary>The name of the VCH.</summary>
    public string VCH => _info.Host.Name;

    /// <summary>The VCH and the image, in the form of PowerCLI's Uids.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, _info.Host.Reference, "VCHImage", Id);

    /// <summary>The server that the VCH is on.</summary>
    public VicServer Server { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace VMware.VimAutomation.ViCore.Impl.V1.Host.Networking;

/// <summary>A port group of one host's standard switch: it has a key in place of a reference.</summary>
public sealed class VirtualPortGroupImpl
{
    public required string Name { get; init; }

    public string Key => $"key-vim.host.PortGroup-{Name}";

    public int VLanId { get; init; }

    public override string ToString() => Name;
}

namespace VMware.VimAutomation.ViCore.Impl.V1;

/// <summary>The public shape of what <c>Connect-VIServer</c> writes (PowerCLI 13, VIServer interface of VMware.VimAutomation.ViCore.Types).</summary>
public sealed class VIServerImpl
{
    public required string Name { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    public required Uri ServiceUri { get; init; }

    public string SessionId { get; init; } = "vmware_soap_session";

    public required string SessionSecret { get; init; }

    public bool IsConnected { get; set; } = true;

    public string ProductLine { get; init; } = "vpx";

    public string Uid => $"/VIServer={User}@{Name}:{Port}/";

    public override string ToString() => Name;
}

namespace Vic.Lab.Machines;

/// <summary>How the lab runs a powered-on virtual machine.</summary>
public enum RuntimeKind
{
    /// <summary>A real guest in QEMU.</summary>
    Qemu,

    /// <summary>Power state only; a scripted guest may connect to the machine's guest RPC socket.</summary>
    None,
}

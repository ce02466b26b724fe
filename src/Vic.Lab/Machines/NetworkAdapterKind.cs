namespace Vic.Lab.Machines;

/// <summary>The model of a network adapter.</summary>
public enum NetworkAdapterKind
{
    /// <summary>VMware's paravirtual adapter.</summary>
    Vmxnet3,

    /// <summary>Intel 82574.</summary>
    E1000E,

    /// <summary>Intel 82545.</summary>
    E1000,
}

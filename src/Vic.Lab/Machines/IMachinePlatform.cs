namespace Vic.Lab.Machines;

/// <summary>What runs below the inventory: virtual machines, their disks and their networks.</summary>
public interface IMachinePlatform : IAsyncDisposable
{
    /// <summary>Runs virtual machines.</summary>
    IMachineRuntime Runtime { get; }

    /// <summary>Creates and changes virtual disks in the datastores' directories.</summary>
    IVirtualDisks Disks { get; }

    /// <summary>The layer 2 segments that network adapters are plugged into.</summary>
    IPortGroupNetworks Networks { get; }
}

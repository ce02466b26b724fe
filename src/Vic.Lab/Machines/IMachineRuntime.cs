namespace Vic.Lab.Machines;

/// <summary>Makes machines that can be powered on.</summary>
public interface IMachineRuntime
{
    /// <summary>
    /// Brings a powered-off machine into being. Nothing is started, and no file of the datastore is touched: the disks named by the
    /// configuration exist already.
    /// </summary>
    /// <param name="configuration">The hardware at creation.</param>
    /// <param name="observer">Is told what happens in the machine and answers for its variables; called from any thread, never concurrently
    /// with itself for events, possibly concurrently for <see cref="IMachineObserver.ReadVariable"/>.</param>
    IMachine Create(MachineConfiguration configuration, IMachineObserver observer);
}

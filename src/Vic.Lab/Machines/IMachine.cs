namespace Vic.Lab.Machines;

/// <summary>
/// One virtual machine. The caller serialises the power and reconfigure calls; <see cref="IAsyncDisposable.DisposeAsync"/> stops the guest at once,
/// and leaves every file of the datastore alone.
/// </summary>
public interface IMachine : IAsyncDisposable
{
    /// <summary>The machine's id: the value of its managed object reference.</summary>
    string Id { get; }

    /// <summary>The process that runs the machine; null while none does.</summary>
    int? ProcessId { get; }

    /// <summary>Starts the machine as last configured; completes when the guest's first instruction may run.</summary>
    /// <exception cref="MachineException">The machine cannot start; the message says why, for the user.</exception>
    Task PowerOnAsync(CancellationToken cancellationToken);

    /// <summary>Pulls the plug.</summary>
    Task PowerOffAsync(CancellationToken cancellationToken);

    /// <summary>Resets a running machine.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Freezes a running machine; <see cref="PowerOnAsync"/> resumes it.</summary>
    Task SuspendAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes over a new configuration. A running machine gets and loses disks, has its adapters and serial ports connected or disconnected,
    /// and its CD-ROM medium changed, by comparing device keys with the configuration before; anything else counts from the next power-on.
    /// </summary>
    /// <exception cref="MachineException">The running machine refuses the change; the old configuration stands.</exception>
    Task ReconfigureAsync(MachineConfiguration configuration, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a running machine to another host: what the network leads to it connects anew. The guest does not notice, and when this fails the machine
    /// goes on where it is.
    /// </summary>
    /// <param name="arrive">Makes the other host the machine's own; may fail.</param>
    /// <param name="cancellationToken">Gives the move up.</param>
    /// <exception cref="MachineException">Whoever the machine is connected to does not agree.</exception>
    Task MigrateAsync(Func<Task> arrive, CancellationToken cancellationToken);

    /// <summary>Lets a running machine end as a crash would end it: nothing is asked, nothing is saved, and its observer is told.</summary>
    Task KillAsync();

    /// <summary>Asks the guest to shut down.</summary>
    /// <exception cref="GuestOperationException">The guest's tools do not run.</exception>
    Task ShutdownGuestAsync(CancellationToken cancellationToken);

    /// <summary>Asks the guest to restart.</summary>
    /// <exception cref="GuestOperationException">The guest's tools do not run.</exception>
    Task RebootGuestAsync(CancellationToken cancellationToken);

    /// <summary>Operations inside the guest, through its tools.</summary>
    IGuestOperations Guest { get; }
}

using System.Net;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Machines;

/// <summary>The VM of one container.</summary>
public interface IContainerMachine
{
    /// <summary>Writes the network binding of the next run and powers the VM on.</summary>
    Task PowerOnAsync(NetworkBinding? network, CancellationToken cancellationToken);

    /// <summary>Completes when the VM is on, whoever has powered it on, in another run than a known one; 0 knows none.</summary>
    /// <returns>The number of the run; null when the VM is not one of the VCH's any more.</returns>
    Task<int?> WaitForRunAsync(int known, CancellationToken cancellationToken);

    /// <summary>Whether the VM is on, as far as vSphere has told.</summary>
    bool IsPoweredOn { get; }

    /// <summary>Whether the VM exists; asked of vSphere.</summary>
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Makes ready for the session of a run that somebody else has begun.</summary>
    /// <returns>The address that the guest was given on the bridge network; null when it was given none.</returns>
    Task<IPAddress?> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the guest's session. When the VM goes off before it comes, the reason that the guest left is the
    /// <see cref="MachineStoppedException"/>'s message.
    /// </summary>
    Task<IGuestSession> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the VM is off; at once when it is. Null when the VM does not exist any more.</summary>
    Task<GuestReport?> WaitForPowerOffAsync(CancellationToken cancellationToken);

    /// <summary>Switches the VM off as if its plug were pulled; nothing happens when it is off.</summary>
    Task PowerOffAsync(CancellationToken cancellationToken);

    /// <summary>Deletes the VM and its own disk; the image's disks stay.</summary>
    Task DestroyAsync(CancellationToken cancellationToken);

    /// <summary>Writes a changed record (a new name) into the VM's configuration.</summary>
    Task UpdateAsync(ContainerRecord record, CancellationToken cancellationToken);

    /// <summary>Reads the log of the container's output from a byte offset; empty when there is nothing yet.</summary>
    Task<Stream> OpenOutputAsync(long offset, CancellationToken cancellationToken);
}

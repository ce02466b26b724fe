namespace Vic.Lab.Machines;

/// <summary>Operations that the guest's tools carry out. Every call may throw <see cref="GuestOperationException"/>.</summary>
public interface IGuestOperations
{
    /// <summary>Checks that the guest accepts the credentials.</summary>
    Task ValidateCredentialsAsync(GuestCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Starts a program and returns its process id.</summary>
    Task<long> StartProgramAsync(GuestCredentials credentials, GuestProgram program, CancellationToken cancellationToken);

    /// <summary>Lists processes, those that ended a short while ago too; an empty list of ids means all.</summary>
    Task<IReadOnlyList<GuestProcess>> ListProcessesAsync(
        GuestCredentials credentials, IReadOnlyList<long> processIds, CancellationToken cancellationToken);

    /// <summary>Ends a process.</summary>
    Task TerminateProcessAsync(GuestCredentials credentials, long processId, CancellationToken cancellationToken);

    /// <summary>Makes a directory.</summary>
    Task MakeDirectoryAsync(GuestCredentials credentials, string path, bool createParents, CancellationToken cancellationToken);
}

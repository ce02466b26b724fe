using System.Text;
using Vic.Guest.Linux;
using Vic.Guest.Streams;

namespace Vic.Guest.Processes;

/// <summary>Starts programs through <see cref="ProcessStage"/>.</summary>
public static class ProcessLauncher
{
    private const string OwnProgram = "/proc/self/exe";
    private const int MaximumReport = 4096;

    /// <summary>Starts a program; returns when it runs.</summary>
    /// <exception cref="LaunchException">It cannot be started.</exception>
    public static async Task<GuestProcess> StartAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        var (requestRead, requestWrite) = FileDescriptor.Pipe();
        var (reportRead, reportWrite) = FileDescriptor.Pipe();
        using var report = new DescriptorStream(reportRead);
        using var sender = new DescriptorStream(requestWrite);
        GuestProcess process;
        try
        {
            process = request.Terminal
                ? StartOnTerminal(request, requestRead, reportWrite)
                : StartOnPipes(request, requestRead, reportWrite);
        }
        finally
        {
            requestRead.Dispose();
            reportWrite.Dispose();
        }

        try
        {
            await SendAsync(sender, request, process.Terminal, cancellationToken).ConfigureAwait(false);
            if (await ReadFailureAsync(report, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                await process.Exit.ConfigureAwait(false);
                throw failure;
            }
            return process;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private static GuestProcess StartOnTerminal(ProcessRequest request, FileDescriptor requestRead, FileDescriptor reportWrite)
    {
        var terminal = PseudoTerminal.Open();
        using var nothing = FileDescriptor.Open("/dev/null", OpenFlags.ReadWrite);
        var (process, exit) = Spawn(nothing, nothing, nothing, requestRead, reportWrite, request.Namespace);
        var master = new DescriptorStream(terminal.Master);
        return new GuestProcess(process, exit, terminal, request.StandardInput ? new TerminalInput(master) : null, master, null);
    }

    private static GuestProcess StartOnPipes(ProcessRequest request, FileDescriptor requestRead, FileDescriptor reportWrite)
    {
        var (outputRead, outputWrite) = FileDescriptor.Pipe();
        var (errorRead, errorWrite) = FileDescriptor.Pipe();
        FileDescriptor? inputWrite = null;
        FileDescriptor inputRead;
        if (request.StandardInput)
            (inputRead, inputWrite) = FileDescriptor.Pipe();
        else
            inputRead = FileDescriptor.Open("/dev/null", OpenFlags.ReadOnly);
        using (inputRead)
        using (outputWrite)
        using (errorWrite)
        {
            var (process, exit) = Spawn(inputRead, outputWrite, errorWrite, requestRead, reportWrite, request.Namespace);
            return new GuestProcess(
                process,
                exit,
                null,
                inputWrite is null ? null : new DescriptorStream(inputWrite),
                new DescriptorStream(outputRead),
                new DescriptorStream(errorRead));
        }
    }

    private static async Task SendAsync(DescriptorStream sender, ProcessRequest request, string? terminal, CancellationToken cancellationToken)
    {
        var message = new StageRequest(
            request.Arguments,
            request.Environment,
            request.Directory,
            request.Identity,
            terminal,
            request.Namespace is not null);
        await sender.WriteAsync(message.Encode(), cancellationToken).ConfigureAwait(false);
        sender.Dispose();
    }

    private static async Task<LaunchException?> ReadFailureAsync(DescriptorStream report, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumReport];
        var length = await report.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length == 0
            ? null
            : new LaunchException((LaunchFailure)buffer[0], Encoding.UTF8.GetString(buffer, 1, length - 1));
    }

    private static unsafe (int Process, Task<ExitStatus> Exit) Spawn(
        FileDescriptor input,
        FileDescriptor output,
        FileDescriptor error,
        FileDescriptor request,
        FileDescriptor report,
        MountNamespace? mounts)
    {
        // glibc's posix_spawnattr_t and posix_spawn_file_actions_t are smaller than this.
        const int OpaqueSize = 512;
        var attributes = stackalloc byte[OpaqueSize];
        var actions = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];
        _ = Libc.posix_spawnattr_init(attributes);
        _ = Libc.posix_spawn_file_actions_init(actions);
        var arguments = NativeStrings.Allocate(["init", ProcessStage.Argument]);
        var environment = NativeStrings.Allocate([]);
        var copies = new List<FileDescriptor>();
        try
        {
            _ = Libc.sigemptyset(signals);
            _ = Libc.posix_spawnattr_setsigmask(attributes, signals);
            _ = Libc.sigfillset(signals);
            _ = Libc.posix_spawnattr_setsigdefault(attributes, signals);
            _ = Libc.posix_spawnattr_setflags(attributes, Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);

            var sources = new List<FileDescriptor> { input, output, error, request, report };
            if (mounts is not null)
                sources.Add(mounts.Descriptor);
            for (var number = 0; number < sources.Count; number++)
            {
                var copy = sources[number].DuplicateAbove(ProcessStage.NamespaceDescriptor);
                copies.Add(copy);
                _ = Libc.posix_spawn_file_actions_adddup2(actions, copy.Number, number);
            }

            // The pointers live on this stack, so they go in as numbers.
            var (actionsAddress, attributesAddress) = ((nint)actions, (nint)attributes);
            var (argumentsAddress, environmentAddress) = ((nint)arguments, (nint)environment);
            return ProcessReaper.Shared.Start(() =>
            {
                int process;
                var errno = Libc.posix_spawn(
                    &process,
                    OwnProgram,
                    (void*)actionsAddress,
                    (void*)attributesAddress,
                    (byte**)argumentsAddress,
                    (byte**)environmentAddress);
                return errno == 0 ? process : throw new LinuxException("posix_spawn", (Errno)errno);
            });
        }
        finally
        {
            foreach (var copy in copies)
                copy.Dispose();
            NativeStrings.Free(arguments);
            NativeStrings.Free(environment);
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
    }
}

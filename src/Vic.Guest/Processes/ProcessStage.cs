using System.Runtime.InteropServices;
using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Processes;

/// <summary>
/// The short life between spawn and exec. C# cannot fork, so the guest starts its own program once more with the argument
/// <see cref="Argument"/>; the stage takes on namespace, terminal, limits and user, and becomes the requested program.
/// </summary>
public static class ProcessStage
{
    /// <summary>The first argument that makes the guest's program a stage.</summary>
    public const string Argument = "stage";

    internal const int RequestDescriptor = 3;
    internal const int ReportDescriptor = 4;
    internal const int NamespaceDescriptor = 5;

    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;
    private const int SignalPipe = 13;
    private const nuint SetControllingTerminal = 0x540E;

    /// <summary>Becomes the requested program; returns an exit code only when that is impossible.</summary>
    public static int Run()
    {
        try
        {
            // The report's end of file tells the guest that the program runs.
            for (var descriptor = RequestDescriptor; descriptor <= NamespaceDescriptor; descriptor++)
                _ = Libc.fcntl(descriptor, SetDescriptorFlags, CloseOnExec);
            Become(StageRequest.Decode(ReadRequest()));
            return 0;
        }
        catch (LaunchException failure)
        {
            Report(failure.Reason, failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure)
        {
            Report(LaunchFailure.Other, failure.Message);
            return 125;
        }
    }

    private static byte[] ReadRequest()
    {
        using var descriptor = new FileDescriptor(RequestDescriptor);
        using var request = new MemoryStream();
        Span<byte> buffer = stackalloc byte[4096];
        while (true)
        {
            int count;
            unsafe
            {
                fixed (byte* start = buffer)
                    count = LinuxException.Check((int)Libc.read(descriptor, start, buffer.Length), "read");
            }
            if (count == 0)
                return request.ToArray();
            request.Write(buffer[..count]);
        }
    }

    private static void Become(StageRequest request)
    {
        LinuxException.Check(Libc.setsid(), "setsid");
        if (request.TerminalPath is not null)
            TakeTerminal(request.TerminalPath, request.Identity);
        ProcessLimits.Apply();
        if (request.EntersNamespace)
            MountNamespace.Enter(NamespaceDescriptor);
        EnterDirectory(request.Directory);
        var program = ExecutableSearch.Find(request.Arguments[0], request.Environment);
        TakeIdentity(request.Identity);

        // The runtime ignores SIGPIPE, and that would outlive exec: `yes | head -1` would never end.
        _ = Libc.signal(SignalPipe, 0);
        Execute(program, request);
    }

    private static unsafe void TakeTerminal(string path, ProcessIdentity identity)
    {
        var terminal = FileDescriptor.Open(path, OpenFlags.ReadWrite);
        LinuxException.Check(Libc.ioctl(terminal.Number, SetControllingTerminal, null), "TIOCSCTTY");
        _ = Libc.fchown(terminal.Number, identity.User, uint.MaxValue);
        for (var number = 0; number <= 2; number++)
            LinuxException.Check(Libc.dup2(terminal.Number, number), "dup2");
        terminal.Dispose();
    }

    private static void EnterDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException(LaunchFailure.WorkingDirectory, $"mkdir {directory}: {failure.Message}");
        }
        if (Libc.chdir(directory) < 0)
            throw new LaunchException(LaunchFailure.WorkingDirectory, LinuxException.Last($"chdir to cwd (\"{directory}\")").Message);
    }

    private static unsafe void TakeIdentity(ProcessIdentity identity)
    {
        var groups = identity.Groups.ToArray();
        fixed (uint* first = groups)
            LinuxException.Check(Libc.setgroups((nuint)groups.Length, first), "setgroups");
        LinuxException.Check(Libc.setgid(identity.Group), "setgid");
        LinuxException.Check(Libc.setuid(identity.User), "setuid");
    }

    private static unsafe void Execute(string program, StageRequest request)
    {
        var arguments = NativeStrings.Allocate(request.Arguments);
        var environment = NativeStrings.Allocate(request.Environment);
        _ = Libc.execve(program, arguments, environment);

        var errno = (Errno)Marshal.GetLastPInvokeError();
        var message = new LinuxException($"exec {program}", errno).Message;
        throw new LaunchException(errno == Errno.NoEntry ? LaunchFailure.NotFound : LaunchFailure.NotExecutable, message);
    }

    private static unsafe void Report(LaunchFailure reason, string message)
    {
        using var descriptor = new FileDescriptor(ReportDescriptor);
        byte[] report = [(byte)reason, .. Encoding.UTF8.GetBytes(message)];
        fixed (byte* start = report)
            _ = Libc.write(descriptor, start, report.Length);
    }
}

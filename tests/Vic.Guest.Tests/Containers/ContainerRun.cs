using System.Text;
using Vic.Configuration;
using Vic.Guest.Tests.Machines;
using Vic.Testing.Files;

namespace Vic.Guest.Tests.Containers;

/// <summary>One container from power-on to power-off.</summary>
public sealed class ContainerRun : IAsyncDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const int HeaderLength = 16;
    private readonly TemporaryFolder _folder = new();
    private readonly GuestMachine _machine;

    private ContainerRun(Action<SessionConfiguration> configure, BusyboxDisk disk)
    {
        var session = new SessionConfiguration { Id = Id, Active = true, RunBlock = false };
        configure(session);
        var executor = new ExecutorConfiguration { Id = Id };
        executor.Sessions[Id] = session;
        _machine = GuestMachine.Start(GuestInfoSet.Of(executor, SecretKey.Generate()), disk.Copy(_folder["disk"]));
    }

    public GuestMachine Machine => _machine;

    public string Started => _machine.Rpc[GuestInfoNames.SessionStarted(GuestInfoKey.Root, Id)] ?? string.Empty;

    public string ExitCode => _machine.Rpc[GuestInfoNames.SessionStatus(GuestInfoKey.Root, Id)] ?? string.Empty;

    public static ContainerRun Start(BusyboxDisk disk, Action<SessionConfiguration> configure) => new(configure, disk);

    /// <summary>Starts a shell command in a container.</summary>
    public static ContainerRun Shell(BusyboxDisk disk, string script, Action<SessionConfiguration>? configure = null) => Start(disk, session =>
    {
        session.Path = "/bin/sh";
        session.Arguments = ["/bin/sh", "-c", script];
        configure?.Invoke(session);
    });

    public Task<string> WhenStartedAsync(CancellationToken cancellationToken) =>
        _machine.Rpc.WhenSetAsync(GuestInfoNames.SessionStarted(GuestInfoKey.Root, Id)).WaitAsync(cancellationToken);

    /// <summary>Waits for the end and returns what one stream wrote.</summary>
    public async Task<string> OutputAsync(OutputStreamKind stream, CancellationToken cancellationToken)
    {
        await _machine.WaitForPowerOffAsync(cancellationToken);
        var reader = new OutputLogReader();
        var entries = reader.Add(_machine.OutputLog, 0, _machine.OutputLog.Length);
        Assert.True(
            reader.Position == entries.Sum(entry => HeaderLength + entry.Content.Length), "The output log has bytes that are no entry.");
        return Encoding.UTF8.GetString([.. entries.Where(entry => entry.Stream == stream).SelectMany(entry => entry.Content)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(_machine.DebugLog);
        await _machine.DisposeAsync();
        _folder.Dispose();
    }
}

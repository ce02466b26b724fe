using System.Diagnostics;
using Vic.Guest.Sessions;

/// <summary>Moves bytes through a whole session over a TCP connection on this machine: the process's output, then its input.</summary>
internal sealed class SessionThroughput(long bytes, LinkProfile profile) : ISessionDirectory
{
    private const int BlockLength = 16 * 1024;

    private readonly ContainerSession session = new(new string('a', 64));
    private readonly byte[] key = new byte[32];

    public byte[]? FindKey(string containerId) => key;

    public ContainerSession? FindSession(string containerId) => session;

    /// <summary>Seconds for the output, and for the input.</summary>
    public async Task<(double Output, double Input)> RunAsync()
    {
        using var ending = new CancellationTokenSource();
        var (client, server) = await Loopback.ConnectAsync();
        var process = new CountingProcess(bytes);
        await using var tether = new TetherSession(session.ContainerId, key, process);
        var connecting = new SessionConnector(tether, _ => ValueTask.FromResult<Stream>(client), profile).RunAsync(ending.Token);
        var serving = new SessionListener(this).ServeAsync(server, profile, ending.Token);

        using var output = session.Main.Subscribe();
        await session.StartAsync(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        for (var left = bytes; left > 0;)
            left -= (await output.ReadAsync(CancellationToken.None))!.Data.Length;
        var outputTime = clock.Elapsed.TotalSeconds;

        clock.Restart();
        var block = new byte[BlockLength];
        for (var left = bytes; left > 0; left -= block.Length)
            await session.Main.WriteInputAsync(block, CancellationToken.None);
        session.Main.CloseInput();
        await session.Main.Exited;
        var inputTime = clock.Elapsed.TotalSeconds;

        await ending.CancelAsync();
        await connecting;
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (outputTime, inputTime);
    }
}

using System.Buffers.Binary;
using System.Text;
using Vic.Engine.Containers;
using Vic.Engine.Tests.Labs;
using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Containers;

/// <summary>A container's log is read from its datastore, whether anything runs or not.</summary>
public sealed class ContainerLogTests
{
    private const int LongestEntry = 4095;
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task Lines_come_with_their_time_and_stream(InventoryModel model)
    {
        await using var lab = await ContainerLab.StartAsync(model);
        await PrintAsync(lab, (false, "one\r\nt"), (true, "trouble\n"), (false, "wo\n"), (false, "no end"));

        var lines = await ReadAsync(lab);

        Assert.Equal(["stdout one", "stderr trouble", "stdout two", "stdout no end"], lines.Select(line => $"{line.Stream} {line.Text}"));
        Assert.Equal([0, 1, 0, 3], lines.Select(line => (int)(line.Time - Start).TotalSeconds));
    }

    [Fact]
    public async Task A_container_that_never_ran_has_printed_nothing()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);

        Assert.Empty(await ReadAsync(lab));
    }

    [Fact]
    public async Task A_long_log_with_rubbish_in_it_is_read_to_its_end()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.Esx);
        var expected = Enumerable.Range(0, 40_000).Select(number => $"line {number} {new string('x', number % 97)}").ToList();
        await PrintAsync(lab, [.. expected.Take(20_000).Select(line => (false, line + "\n"))]);
        await File.AppendAllTextAsync(await PathAsync(lab), "what no container writes==", Token);
        await PrintAsync(lab, [.. expected.Skip(20_000).Select(line => (false, line + "\n"))]);

        Assert.Equal(expected, (await ReadAsync(lab)).Select(line => line.Text));
    }

    [Fact]
    public async Task The_tail_is_the_last_lines_and_the_rest_follows_until_the_container_ends()
    {
        await using var lab = await ContainerLab.StartAsync(InventoryModel.VCenter);
        await PrintAsync(lab, (false, "one\ntwo\nthree\nfo"));
        var container = await lab.ContainerAsync();
        var log = await ContainerLog.OpenAsync(lab.Client, container, Token);

        Assert.Equal(["two", "three"], (await log.ReadTailAsync(2, withUnfinished: false, Token)).Select(line => line.Text));
        await PrintAsync(lab, (false, "ur\n"));
        Assert.True(await log.WaitAsync(Token));
        Assert.Equal(["four"], (await log.ReadAsync(Token)).Select(line => line.Text));

        await new ContainerPower(lab.Client).StopAsync(container, timeout: null, kill: true, Quiet.Instance, Token);
        Assert.True(await log.WaitAsync(Token));
        Assert.Empty(await log.ReadAsync(Token));
        Assert.False(await log.WaitAsync(Token));

        var again = await ContainerLog.OpenAsync(lab.Client, container, Token);
        Assert.Equal(["four"], (await again.ReadTailAsync(1, withUnfinished: true, Token)).Select(line => line.Text));
    }

    private static async Task<List<ContainerLogLine>> ReadAsync(ContainerLab lab)
    {
        var log = await ContainerLog.OpenAsync(lab.Client, await lab.ContainerAsync(), Token);
        var all = new List<ContainerLogLine>();
        while (await log.ReadAsync(Token) is { Count: > 0 } lines)
        {
            all.AddRange(lines);
        }

        all.AddRange(log.ReadUnfinished());
        return all;
    }

    /// <summary>Appends to the log what a guest would: an entry for each piece, a second apart.</summary>
    private static async Task PrintAsync(ContainerLab lab, params (bool IsError, string Text)[] pieces)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < pieces.Length; index++)
        {
            var content = Encoding.UTF8.GetBytes(pieces[index].Text);
            Assert.InRange(content.Length, 0, LongestEntry);
            var header = new byte[10];
            BinaryPrimitives.WriteInt64LittleEndian(header, (Start.AddSeconds(index) - DateTimeOffset.UnixEpoch).Ticks * 100);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)((content.Length << 4) | (pieces[index].IsError ? 8 : 0)));
            bytes.AddRange(Encoding.ASCII.GetBytes(Convert.ToBase64String(header)));
            bytes.AddRange(content);
        }

        await using var file = new FileStream(await PathAsync(lab), FileMode.Append);
        await file.WriteAsync(bytes.ToArray(), Token);
    }

    private static async Task<string> PathAsync(ContainerLab lab) =>
        Path.Combine(await lab.FolderAsync((await lab.ContainerAsync()).Reference), "output.log");
}

using System.Text;
using Vic.Guest.Sessions;

namespace Vic.Lab.Tests.SerialPorts;

/// <summary>Attach sessions over a serial port: the tether speaks into the port, the lab's line is the host, the concentrator is the endpoint's.</summary>
public sealed class SerialSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_without_a_network_takes_input_and_gives_output_and_exit_code()
    {
        await using var port = new SerialSession();
        await using var endpoint = port.StartEndpoint();
        var sent = new byte[256 * 1024];
        new Random(7).NextBytes(sent);

        using var output = endpoint.Session.Main.Subscribe();
        await endpoint.Session.StartAsync(Cancellation);
        var writing = WriteAsync(endpoint.Session.Main, sent);
        var echoed = await ReadAsync(output);
        await writing;

        Assert.Equal(sent, echoed);
        Assert.Equal(7, (await endpoint.Session.Main.Exited.WaitAsync(Cancellation)).Code);
        Assert.True(await port.Tether.DrainAsync(TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal(port.Uuid, endpoint.Uuid);
    }

    /// <summary>The guest's port stays open all the while: nothing but the new endpoint's word tells it that the old one is gone.</summary>
    [Fact]
    public async Task An_endpoint_that_was_restarted_goes_on_over_the_same_port()
    {
        await using var port = new SerialSession();
        await using (var first = port.StartEndpoint())
        {
            using var early = first.Session.Main.Subscribe();
            await first.Session.StartAsync(Cancellation);
            await first.Session.Main.WriteInputAsync("early"u8.ToArray(), Cancellation);
            Assert.Equal("early", Encoding.UTF8.GetString((await early.ReadAsync(Cancellation))!.Data.Span));
        }

        await using var second = port.StartEndpoint();
        using var output = second.Session.Main.Subscribe();
        await second.Session.Main.Started.WaitAsync(Cancellation);
        await WriteAsync(second.Session.Main, "late"u8.ToArray());

        Assert.EndsWith("late", Encoding.UTF8.GetString(await ReadAsync(output)), StringComparison.Ordinal);
        Assert.Equal(7, (await second.Session.Main.Exited.WaitAsync(Cancellation)).Code);
    }

    [Fact]
    public async Task A_machine_that_does_not_hold_the_containers_key_gets_no_session()
    {
        await using var port = new SerialSession(guestKey: new byte[32]);
        await using var endpoint = port.StartEndpoint();

        Assert.Contains("session key", (await endpoint.Refused.WaitAsync(Cancellation)).Message, StringComparison.Ordinal);
        Assert.False(endpoint.Session.Connected.IsCompleted);
    }

    private static async Task WriteAsync(ContainerTask task, byte[] data)
    {
        await task.WriteInputAsync(data, Cancellation);
        task.CloseInput();
    }

    private static async Task<byte[]> ReadAsync(OutputSubscription subscription)
    {
        using var all = new MemoryStream();
        while (await subscription.ReadAsync(Cancellation) is { } chunk)
            all.Write(chunk.Data.Span);
        return all.ToArray();
    }
}

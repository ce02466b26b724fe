using System.Text;
using Vic.Guest.Rpc;
using Vic.Guest.Rpc.Backdoor;

namespace Vic.Guest.Tests.Rpc.Backdoor;

/// <summary>Guest RPC through VMware's backdoor, against exchanges that are written down and against an emulated port.</summary>
public sealed class BackdoorTests
{
    /// <summary>What open-vm-tools' messages come to in registers, for one request and its answer.</summary>
    private const string InfoGet =
        """
        > 564d5868 c9435052 0000001e 00005658 00000000 00000000 # open RPCI, with a cookie
        < 00000001 c9435052 0001001e 00015658 11112222 33334444 # channel 1
        > 564d5868 00000014 0001001e 00015658 11112222 33334444 # twenty bytes follow
        < 564d5868 00000014 0011001e 00015658 11112222 33334444 # go on; the other port would do as well
        > 564d5868 6f666e69 0002001e 00015658 11112222 33334444 # info
        < 564d5868 6f666e69 0001001e 00015658 11112222 33334444
        > 564d5868 7465672d 0002001e 00015658 11112222 33334444 # -get
        < 564d5868 7465672d 0001001e 00015658 11112222 33334444
        > 564d5868 65756720 0002001e 00015658 11112222 33334444 #  gue
        < 564d5868 65756720 0001001e 00015658 11112222 33334444
        > 564d5868 6e697473 0002001e 00015658 11112222 33334444 # stin
        < 564d5868 6e697473 0001001e 00015658 11112222 33334444
        > 564d5868 612e6f66 0002001e 00015658 11112222 33334444 # fo.a
        < 564d5868 612e6f66 0001001e 00015658 11112222 33334444
        > 564d5868 00000000 0003001e 00015658 11112222 33334444 # anything for me?
        < 564d5868 00000005 0003001e 00015658 11112222 33334444 # five bytes
        > 564d5868 00000001 0004001e 00015658 11112222 33334444
        < 564d5868 65792031 0001001e 00025658 11112222 33334444 # 1 ye
        > 564d5868 00000001 0004001e 00015658 11112222 33334444
        < 564d5868 00000073 0001001e 00025658 11112222 33334444 # s
        > 564d5868 00000001 0005001e 00015658 11112222 33334444 # taken
        < 564d5868 00000001 0001001e 00015658 11112222 33334444
        > 564d5868 00000000 0006001e 00015658 11112222 33334444 # close
        < 564d5868 00000000 0001001e 00015658 11112222 33334444
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_is_asked_for_in_the_very_registers_that_are_written_down()
    {
        var exchange = new WrittenExchange(InfoGet);
        await using (var transport = new BackdoorGuestRpcTransport(exchange, TimeProvider.System))
        {
            Assert.Equal("yes", await new GuestRpc(transport).GetAsync("guestinfo.a", Token));
        }

        Assert.True(exchange.IsOver);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100_000)]
    public async Task Messages_of_all_lengths_go_there_and_back(int length)
    {
        var port = new EmulatedBackdoor();
        await using var transport = new BackdoorGuestRpcTransport(port, TimeProvider.System);
        var request = Encoding.ASCII.GetBytes(new string('x', length));

        byte[] expected = [.. "1 "u8, .. request];
        for (var time = 0; time < 2; time++)
            Assert.Equal(expected, await transport.CallAsync(request, Token));

        Assert.Equal(1, port.OpenChannels);
    }

    [Fact]
    public async Task A_host_without_cookies_is_spoken_to_without_cookies()
    {
        var port = new EmulatedBackdoor { HasCookies = false };
        await using var transport = new BackdoorGuestRpcTransport(port, TimeProvider.System);

        Assert.Equal("1 hello"u8.ToArray(), await transport.CallAsync("hello"u8.ToArray(), Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_message_that_a_checkpoint_interrupts_is_sent_or_taken_anew(int payload)
    {
        var port = new EmulatedBackdoor { CheckpointAt = payload };
        await using var transport = new BackdoorGuestRpcTransport(port, TimeProvider.System);

        Assert.Equal("1 hello there"u8.ToArray(), await transport.CallAsync("hello there"u8.ToArray(), Token));
    }

    [Fact]
    public async Task A_channel_that_the_host_has_forgotten_is_opened_anew()
    {
        var port = new EmulatedBackdoor();
        await using var transport = new BackdoorGuestRpcTransport(port, TimeProvider.System);
        await transport.CallAsync("before"u8.ToArray(), Token);

        port.ForgetChannels();

        Assert.Equal("1 after"u8.ToArray(), await transport.CallAsync("after"u8.ToArray(), Token));
    }

    [Fact]
    public async Task A_host_that_opens_no_channel_is_an_error_and_not_a_wait()
    {
        await using var transport = new BackdoorGuestRpcTransport(new SilentBackdoor(), TimeProvider.System);

        var error = await Assert.ThrowsAsync<IOException>(() => transport.CallAsync("hello"u8.ToArray(), Token));

        Assert.Contains("opens no channel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_the_host_refuses_is_an_error_of_its_key()
    {
        await using var transport = new BackdoorGuestRpcTransport(new EmulatedBackdoor { OnRequest = _ => "0 Permission denied"u8.ToArray() }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<IOException>(() => new GuestRpc(transport).SetAsync("guestinfo.a", "b", Token));

        Assert.Contains("guestinfo.a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_of_the_host_are_answered_in_their_order_on_the_channel_that_asks_for_them()
    {
        var port = new EmulatedBackdoor();
        port.Commands.Enqueue("reset"u8.ToArray());
        port.Commands.Enqueue("Capabilities_Register"u8.ToArray());
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var transport = new BackdoorGuestRpcTransport(port, TimeProvider.System))
        {
            transport.OnCommand = (command, _) =>
            {
                var text = Encoding.UTF8.GetString(command.Span);
                if (text == "last")
                    answered.SetResult();
                else if (text == "Capabilities_Register")
                    port.Commands.Enqueue("last"u8.ToArray());
                return Task.FromResult(Encoding.UTF8.GetBytes($"OK {text}"));
            };
            transport.Start();
            await answered.Task.WaitAsync(Token);
        }

        Assert.Equal(["OK reset", "OK Capabilities_Register"], port.Replies.Take(2));
        Assert.Equal(0, port.OpenChannels);
    }

    [Theory]
    [InlineData("VMwareVMware", true, true)]
    [InlineData("VMwareVMware", false, false)]
    [InlineData("KVMKVMKVM\0\0\0", true, false)]
    [InlineData("TCGTCGTCGTCG", true, false)]
    public void Only_a_processor_that_names_VMware_has_a_backdoor(string name, bool isVirtual, bool expected)
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        (int, int, int, int) CpuId(int leaf, int _) => leaf == 1
            ? (0, 0, isVirtual ? 1 << 31 : 0, 0)
            : (0, BitConverter.ToInt32(bytes, 0), BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 8));

        Assert.Equal(expected, Hypervisor.IsVmwareBy(CpuId));
    }

    private sealed class SilentBackdoor : IBackdoorPort
    {
        public void Call(ref BackdoorRegisters registers)
        {
            // No bit of a status is set.
            registers.Cx = 0x1E;
        }
    }
}

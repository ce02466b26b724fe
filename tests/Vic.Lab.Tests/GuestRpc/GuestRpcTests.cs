using System.Buffers.Binary;
using System.Text;
using Vic.Lab.GuestRpc;
using Vic.Lab.GuestRpc.Vix;
using Vic.Lab.Machines;
using Vic.Lab.Tests.Machines.Guests;

namespace Vic.Lab.Tests.GuestRpc;

/// <summary>Promises of guest RPC, kept on the runtime without guests.</summary>
public sealed class GuestRpcTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_reads_and_writes_variables_and_is_told_what_it_may_not()
    {
        await using var platform = await TestPlatform.StartAsync(RuntimeKind.None);
        var machine = await PowerOnAsync(platform);
        machine.Observer["guestinfo.vice./common/id"] = "väl ue";
        using var guest = await ScriptedGuest.ConnectAsync(SocketOf(platform));
        Assert.Equal("1 väl ue", await guest.AskAsync("info-get guestinfo.vice./common/id"));
        Assert.Equal("0 No value found", await guest.AskAsync("info-get guestinfo.none"));
        Assert.Equal("1 ", await guest.AskAsync("info-set guestinfo.a b  c "));
        Assert.Equal("b  c ", machine.Observer["guestinfo.a"]);
        Assert.Equal("0 Permission denied", await guest.AskAsync("info-set forbidden x"));
        Assert.Equal("0 Unknown command", await guest.AskAsync("format c:"));
        Assert.Equal("1 ", await guest.AskAsync("log hello"));
    }

    [Fact]
    public async Task The_tools_report_name_and_addresses()
    {
        await using var platform = await TestPlatform.StartAsync(RuntimeKind.None);
        var machine = await PowerOnAsync(platform);
        using var guest = await ScriptedGuest.ConnectAsync(SocketOf(platform));
        Assert.Equal("1 ", await guest.AskAsync("info-set guestinfo.ip 10.77.0.15"));
        var identity = await machine.Observer.Identity.Task.WaitAsync(Cancellation);
        Assert.Equal("00:50:56:00:00:01", identity.Addresses[0].MacAddress);
        Assert.Equal(["10.77.0.15"], identity.Addresses[0].IPAddresses);
        Assert.Equal("0 Invalid guest information", await guest.AskAsync("SetGuestInfo  10 nonsense"));
    }

    [Fact]
    public void The_tools_own_report_of_adapters_is_read_and_cut_reports_are_refused()
    {
        byte[] report =
        [
            .. Word(3), .. Word(1), .. Word(1), .. Word(17), .. "00:50:56:aa:bb:cc"u8, 0, 0, 0, .. Word(1),
            .. Word(1), .. Word(4), 10, 77, 0, 15, .. Word(24), .. Word(0), .. Word(0),
            .. Word(0), .. Word(0), .. Word(0), .. Word(0),
        ];
        var adapter = Assert.Single(GuestNicReport.Parse(report));
        Assert.Equal("00:50:56:aa:bb:cc", adapter.MacAddress);
        Assert.Equal(["10.77.0.15"], adapter.IPAddresses);
        for (var length = 0; length < report.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => GuestNicReport.Parse(report.AsSpan(0, length)));
        }
    }

    [Fact]
    public async Task Guest_operations_speak_the_tools_own_protocol()
    {
        await using var platform = await TestPlatform.StartAsync(RuntimeKind.None);
        var machine = await PowerOnAsync(platform);
        var operations = machine.Machine.Guest;
        var credentials = new GuestCredentials("name", "pass word");
        var program = new GuestProgram("/bin/kill", "TERM", null, ["A=1"]);
        var early = await Assert.ThrowsAsync<GuestOperationException>(() => operations.StartProgramAsync(credentials, program, Cancellation));
        Assert.Equal(GuestOperationFailure.ToolsUnavailable, early.Failure);

        using var guest = await ScriptedGuest.ConnectAsync(SocketOf(platform));
        byte[]? relayed = null;
        var answer = "OK 0 0 42\0";
        guest.OnCommand = command =>
        {
            var isRelayed = command.AsSpan().StartsWith("Vix"u8);
            relayed = isRelayed ? command : relayed;
            return Encoding.ASCII.GetBytes(isRelayed ? answer : "OK ATR toolbox");
        };
        await guest.AskAsync("log hello");
        var serving = guest.ServeAsync();
        await machine.Observer.ToolsRan.Task.WaitAsync(Cancellation);
        Assert.Equal(["reset", "Capabilities_Register"], guest.Commands);

        Assert.Equal(42, await operations.StartProgramAsync(credentials, program, Cancellation));
        var packet = relayed.AsSpan()["Vix_1_Relayed_Command \"vic\"\0".Length..];
        Assert.Equal(0xd00d0001u, BinaryPrimitives.ReadUInt32LittleEndian(packet));
        Assert.Equal(packet.Length, BinaryPrimitives.ReadInt32LittleEndian(packet[6..]));
        Assert.Equal(185, BinaryPrimitives.ReadInt32LittleEndian(packet[23..]));
        Assert.True(packet[51..].IndexOf("/bin/kill\0TERM\0A=1\0"u8) == 21);
        Assert.True(packet.EndsWith("bmFtZQBwYXNzIHdvcmQA\0"u8));

        answer = "OK 0 0 <proc><cmd>kill &lt;x&gt;</cmd><name>kill</name><pid>42</pid><user>u</user><start>5</start><eCode>3</eCode><eTime>9</eTime></proc>\0";
        var process = Assert.Single(await operations.ListProcessesAsync(credentials, [42], Cancellation));
        Assert.Equal((42L, "kill <x>", 3), (process.Id, process.CommandLine, process.ExitCode));
        answer = "OK 35 0 \0";
        var refused = await Assert.ThrowsAsync<GuestOperationException>(() => operations.ValidateCredentialsAsync(credentials, Cancellation));
        Assert.Equal(GuestOperationFailure.InvalidLogin, refused.Failure);
        await machine.Machine.ShutdownGuestAsync(Cancellation);
        Assert.Equal("OS_Halt", guest.Commands[^1]);
        await machine.Machine.PowerOffAsync(Cancellation);
        await serving;
    }

    [Fact]
    public async Task A_guest_that_breaks_the_framing_is_cut_off_and_may_come_back()
    {
        await using var platform = await TestPlatform.StartAsync(RuntimeKind.None);
        await PowerOnAsync(platform);
        using (var hostile = await ScriptedGuest.ConnectAsync(SocketOf(platform)))
        {
            await hostile.Frames.WriteAsync((GuestRpcChannel)99, "x"u8, Cancellation);
            await hostile.ServeAsync();
        }

        using var guest = await ScriptedGuest.ConnectAsync(SocketOf(platform));
        Assert.Equal("1 ", await guest.AskAsync("log hello"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("-1 0 a")]
    public void An_answer_that_is_none_is_an_error(string text) =>
        Assert.Throws<GuestOperationException>(() => VixReply.Parse(Encoding.ASCII.GetBytes(text)));

    private static async Task<TestMachine> PowerOnAsync(TestPlatform platform)
    {
        var machine = await platform.CreateAsync("vm-7", configuration => configuration with
        {
            CdRoms = [],
            NetworkAdapters = [TestPlatform.Adapter(0, TestPlatform.Routed, 1)],
        });
        await machine.Machine.PowerOnAsync(Cancellation);
        return machine;
    }

    private static string SocketOf(TestPlatform platform) => Path.Combine(platform.Folder, "vms", "vm-7", "guestrpc.sock");

    private static byte[] Word(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

using Vic.Guest.Rpc;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Vspc;
using Vic.Testing.Fuzzing;

namespace Vic.Guest.Tests.Sessions.Vspc;

/// <summary>Whatever connects to the concentrator, and whatever a host writes into guest RPC, is read or refused, in bounded memory.</summary>
public sealed class VspcFuzzTests
{
    private static readonly byte[][] Words =
    [
        [TelnetDecoder.InterpretAsCommand], [TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationEnd],
        [TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationBegin, VspcOption.Vmware], [TelnetDecoder.InterpretAsCommand, TelnetDecoder.Will, 1],
        Say(VspcOption.MotionBegin, 1, 2, 3, 4), Say(VspcOption.MotionPeer, 1, 2, 3, 4), Say(VspcOption.MotionComplete), Say(VspcOption.MotionAbort),
        Say(VspcOption.DoProxy, (byte)'C'), Say(VspcOption.MachineUuid, "42 1e 5d 6f 00 11 22 33-44 55 66 77 88 99 aa bb"u8), Say(VspcOption.MachineUuid),
    ];

    private static readonly FuzzTarget Connections = new("telnet", FuzzGrammar.Bytes(Words), Connect)
    {
        IsDocumented = exception => exception is SessionProtocolException or IOException or InvalidOperationException or OperationCanceledException,

        // Six bytes are a suboption, which is answered and forgotten.
        AllowancePerByte = 256,
    };

    private static readonly FuzzTarget Frames = new("guest-rpc", FuzzGrammar.Bytes([0, 0, 16, 0, (byte)'R'], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0, (byte)'T']), ReadFrames)
    {
        IsDocumented = exception => exception is IOException or InvalidDataException,

        // A frame's length is believed up to its limit.
        FixedAllowance = GuestRpcFraming.MaximumPayload + (256 * 1024),
    };

    [Fact]
    public void Damaged_telnet_of_a_host_is_read_or_refused() => Run(Connections, FuzzSize.Test);

    [Fact]
    public void Damaged_frames_of_guest_RPC_are_read_or_refused() => Run(Frames, FuzzSize.Test);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_telnet_streams_of_a_host_are_read_or_refused() => Run(Connections, FuzzSize.Soak);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_frames_of_guest_RPC_are_read_or_refused() => Run(Frames, FuzzSize.Soak);

    private static void Run(FuzzTarget target, int count) => TestContext.Current.TestOutputHelper!.WriteLine($"measured: {target.Run(count)}");

    private static bool Connect(byte[] input)
    {
        // Nobody wants the port: its bytes are dropped, so that no connection waits for a reader.
        var server = new VspcServer((_, serial) => serial.Dispose());
        using var ending = new CancellationTokenSource();
        using var connection = new VspcConnection(server, new SteppedStream(input), ending);
        connection.RunAsync().GetAwaiter().GetResult();
        return true;
    }

    private static bool ReadFrames(byte[] input)
    {
        var stream = new SteppedStream(input);
        while (Completed(GuestRpcFraming.ReadAsync(stream, CancellationToken.None)) is not null)
        {
        }

        return true;
    }

    /// <summary>A stepped stream never waits, so nothing that reads it does.</summary>
    private static T Completed<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new TimeoutException("The reader waits for nothing.");

    private static byte[] Say(byte suboption, params ReadOnlySpan<byte> content) =>
        [TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationBegin, VspcOption.Vmware, suboption, .. content, TelnetDecoder.InterpretAsCommand, TelnetDecoder.SubnegotiationEnd];
}

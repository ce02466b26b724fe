using Vic.Lab.GuestRpc;
using Vic.Lab.GuestRpc.Vix;
using Vic.Lab.Machines;
using Vic.Lab.SerialPorts;
using Vic.Testing.Fuzzing;

namespace Vic.Lab.Tests.Hostile;

/// <summary>What guests, and concentrators that guests' owners run, may send to the lab is read or refused, in bounded memory.</summary>
public sealed class GuestFuzzTests
{
    private static readonly byte[][] TelnetWords =
    [
        [Telnet.Iac], [Telnet.Iac, Telnet.Iac], [Telnet.Iac, Telnet.SubnegotiationBegin], [Telnet.Iac, Telnet.SubnegotiationEnd],
        [Telnet.Iac, Telnet.SubnegotiationBegin, VmwareTelnet.Option], [Telnet.Iac, Telnet.Do, VmwareTelnet.Option], [Telnet.Iac, Telnet.Will, Telnet.Echo],
        Telnet.Subnegotiate(VmwareTelnet.Option, [VmwareTelnet.WillProxy]), Telnet.Subnegotiate(VmwareTelnet.Option, [VmwareTelnet.GetVmName]),
    ];

    private static readonly FuzzTarget TelnetOfLab = new("telnet", FuzzGrammar.Bytes(TelnetWords), ReadTelnet)
    {
        IsDocumented = exception => exception is InvalidDataException,

        // A question of six bytes is answered with a name or a uuid.
        AllowancePerByte = 512,
    };

    private static readonly FuzzTarget Frames = new(
        "guest-rpc", FuzzGrammar.Bytes([0, 0, 16, 0, (byte)'R'], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0, (byte)'T'], "info-set "u8.ToArray()), ReadFrames)
    {
        IsDocumented = exception => exception is InvalidDataException,

        // A frame's length is believed up to its limit.
        FixedAllowance = GuestRpcFrames.MaximumPayload + (256 * 1024),
    };

    private static readonly FuzzTarget Nics = new(
        "guest-nics", FuzzGrammar.Bytes([0, 0, 0, 3], [0, 0, 8, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 16], [0x80, 0, 0, 0]), ReadNics)
    {
        IsDocumented = exception => exception is InvalidDataException,
    };

    private static readonly FuzzTarget VixReplies = new(
        "vix-replies", FuzzGrammar.Xml with { Words = [.. new[] { "<proc>", "</proc>", "<pid>", "99999999999999999999", "<start>-1</start>", "<eTime>253402300800</eTime>", "0 0 " }.Select(System.Text.Encoding.UTF8.GetBytes)] }, ReadVix)
    {
        IsDocumented = exception => exception is GuestOperationException,
    };

    public static TheoryData<string> Targets => new(ByName.Keys);

    private static Dictionary<string, FuzzTarget> ByName { get; } = new FuzzTarget[] { TelnetOfLab, Frames, Nics, VixReplies }.ToDictionary(target => target.Corpus);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_messages_are_read_or_refused(string target) => Run(target, FuzzSize.Test);

    [Theory]
    [MemberData(nameof(Targets))]
    [Trait("Category", "Soak")]
    public void A_million_damaged_messages_are_read_or_refused(string target) => Run(target, FuzzSize.Soak);

    private static void Run(string target, int count) => TestContext.Current.TestOutputHelper!.WriteLine($"measured: {ByName[target].Run(count)}");

    private static bool ReadTelnet(byte[] input)
    {
        var client = new VspcClient(new SerialPortIdentity("machine", Guid.Empty), new SerialPortBacking.Network(IsClient: true, "tcp://10.77.0.15:2377", null));
        var pieces = new SteppedStream(input);
        var piece = new byte[4096];
        int count;
        while ((count = pieces.Read(piece)) > 0)
        {
            client.Receive(piece.AsSpan(0, count));
            client.TakeNegotiation();
        }

        return true;
    }

    private static bool ReadFrames(byte[] input)
    {
        var frames = new GuestRpcFrames(new SteppedStream(input));
        while (Completed(frames.ReadAsync(CancellationToken.None)) is not null)
        {
        }

        return true;
    }

    /// <summary>A stepped stream never waits, so nothing that reads it does.</summary>
    private static T Completed<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The reader waits for nothing.");

    private static bool ReadNics(byte[] input)
    {
        GuestNicReport.Parse(input);
        return true;
    }

    private static bool ReadVix(byte[] input)
    {
        var text = VixReply.Parse(input);
        VixProcessList.ReadContinuation(text);
        VixProcessList.Parse(VixProcessList.StripContinuation(text));
        return true;
    }
}

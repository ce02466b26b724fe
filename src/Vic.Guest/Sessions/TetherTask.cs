using Vic.Guest.Processes;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Sessions;

/// <summary>A process of the guest with its three streams.</summary>
internal sealed class TetherTask
{
    internal const uint StreamsPerTask = 4;
    internal const int InputWindow = 64 * 1024;

    internal TetherTask(uint id, string label, SendStream output, SendStream error, ReceiveStream input)
    {
        Id = id;
        Label = label;
        Output = output;
        Error = error;
        Input = input;
    }

    internal uint Id { get; }

    internal string Label { get; }

    internal SendStream Output { get; }

    internal SendStream Error { get; }

    internal ReceiveStream Input { get; }

    /// <summary>Input that has arrived and was not yet written to the process.</summary>
    internal ByteQueue PendingInput { get; } = new(InputWindow);

    internal AsyncSignal InputSignal { get; } = new();

    internal TaskState State { get; set; }

    internal ISessionProcess? Process { get; set; }

    internal LaunchFailure Failure { get; set; }

    internal string FailureText { get; set; } = "";

    internal ProcessExit? Exit { get; set; }

    internal bool IsMain => Id == 0;

    internal bool IsOver => State is TaskState.Failed or TaskState.Exited;

    internal bool IsDrained => IsOver && Output.IsDrained && Error.IsDrained;

    internal byte[] ToFrame() => new WireWriter()
        .Byte((byte)FrameType.Task)
        .UInt32(Id)
        .Byte((byte)State)
        .Byte((byte)Failure)
        .UInt32((uint)(Exit?.Code ?? 0))
        .UInt32((uint)(Exit?.Signal ?? 0))
        .UInt64(Output.Base)
        .UInt64(Error.Base)
        .Text(Label)
        .Text(FailureText)
        .Written.ToArray();
}

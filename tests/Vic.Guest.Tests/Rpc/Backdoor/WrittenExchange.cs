using System.Globalization;
using Vic.Guest.Rpc.Backdoor;

namespace Vic.Guest.Tests.Rpc.Backdoor;

/// <summary>
/// An exchange with the backdoor as written down: a line of registers (eax ebx ecx edx esi edi) that go in, then one of those that come out. Whatever
/// goes in otherwise is an error.
/// </summary>
internal sealed class WrittenExchange(string text) : IBackdoorPort
{
    private readonly Queue<BackdoorRegisters> _lines = new(
        text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).Select(Parse));

    /// <summary>Whether all of it has been said.</summary>
    public bool IsOver => _lines.Count == 0;

    public void Call(ref BackdoorRegisters registers)
    {
        Assert.Equal(_lines.Dequeue(), registers);
        registers = _lines.Dequeue();
    }

    private static BackdoorRegisters Parse(string line)
    {
        var words = line.Split(' ').Skip(1).Select(word => uint.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        return new BackdoorRegisters(words[0], words[1], words[2], words[3], words[4], words[5]);
    }
}

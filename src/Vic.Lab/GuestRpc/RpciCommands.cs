using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc;

/// <summary>
/// Answers what a guest asks by RPCI: text commands whose answer begins with <c>1 </c> or <c>0 </c> (open-vm-tools, lib/rpcOut and
/// lib/include/vmware/guestrpc).
/// </summary>
internal sealed class RpciCommands(IMachineObserver observer, GuestIdentityReport identity)
{
    private static readonly byte[] Done = "1 "u8.ToArray();
    private static readonly byte[] UnknownCommand = "0 Unknown command"u8.ToArray();

    /// <summary>Executes a command and returns the answer.</summary>
    public byte[] Execute(ReadOnlySpan<byte> command)
    {
        var space = command.IndexOf((byte)' ');
        var name = Encoding.ASCII.GetString(space < 0 ? command.TrimEnd((byte)0) : command[..space]);
        var rest = space < 0 ? [] : command[(space + 1)..];
        return name switch
        {
            "info-get" => Get(Text(rest)),
            "info-set" => Set(Text(rest)),
            "SetGuestInfo" => identity.Accept(rest) ? Done : "0 Invalid guest information"u8.ToArray(),
            "log" => Done,
            _ when name.StartsWith("tools.", StringComparison.Ordinal) || name.StartsWith("vmx.capability.", StringComparison.Ordinal) => Done,
            _ => UnknownCommand,
        };
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.TrimEnd((byte)0));

    private byte[] Get(string key) =>
        observer.ReadVariable(key.Trim()) is { } value ? Encoding.UTF8.GetBytes("1 " + value) : "0 No value found"u8.ToArray();

    private byte[] Set(string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var (key, value) = space < 0 ? (rest, "") : (rest[..space], rest[(space + 1)..]);
        if (key == "guestinfo.ip")
        {
            identity.AcceptPrimaryAddress(value);
        }

        return observer.WriteVariable(key, value) ? Done : "0 Permission denied"u8.ToArray();
    }
}

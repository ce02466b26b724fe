using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc.Vix;

/// <summary>
/// Writes a VIX command as the host relays it to the guest's tools: <c>Vix_1_Relayed_Command "name"</c>, a zero byte, then header, body and
/// credential, packed and little-endian (open-vm-tools, lib/include/vixCommands.h: VixCommandRequestHeader).
/// </summary>
internal static class VixRequest
{
    private const uint Magic = 0xd00d0001;
    private const ushort MessageVersion = 5;
    private const int HeaderLength = 51;
    private const uint NamePasswordCredential = 1;

    /// <summary>StartProgram: paths and arguments with a terminating zero that the lengths count.</summary>
    public static byte[] StartProgram(GuestCredentials credentials, GuestProgram program)
    {
        var path = Terminated(program.Path);
        var arguments = TerminatedOrNothing(program.Arguments);
        var directory = TerminatedOrNothing(program.WorkingDirectory);
        byte[] environment = [.. program.Environment.SelectMany(Terminated)];
        return Format(VixCommand.StartProgram, credentials, body =>
        {
            body.Write((byte)0);
            body.Write(path.Length);
            body.Write(arguments.Length);
            body.Write(directory.Length);
            body.Write(program.Environment.Count);
            body.Write(environment.Length);
            body.Write(path);
            body.Write(arguments);
            body.Write(directory);
            body.Write(environment);
        });
    }

    /// <summary>ListProcesses: no ids means all; the offset continues a list that did not fit into one answer.</summary>
    public static byte[] ListProcesses(GuestCredentials credentials, IReadOnlyList<long> processIds, uint key, uint offset) =>
        Format(VixCommand.ListProcesses, credentials, body =>
        {
            body.Write(key);
            body.Write(offset);
            body.Write(processIds.Count);
            foreach (var id in processIds)
            {
                body.Write(id);
            }
        });

    /// <summary>TerminateProcess.</summary>
    public static byte[] TerminateProcess(GuestCredentials credentials, long processId) =>
        Format(VixCommand.TerminateProcess, credentials, body =>
        {
            body.Write(processId);
            body.Write(0u);
        });

    /// <summary>CreateDirectory: the path's terminating zero is not counted.</summary>
    public static byte[] CreateDirectory(GuestCredentials credentials, string path, bool createParents) =>
        Format(VixCommand.CreateDirectory, credentials, body =>
        {
            var name = Terminated(path);
            body.Write(0);
            body.Write(name.Length - 1);
            body.Write(0);
            body.Write(createParents);
            body.Write(name);
        });

    private static byte[] Format(VixCommand command, GuestCredentials credentials, Action<BinaryWriter> writeBody)
    {
        using var buffer = new MemoryStream();
        using (var body = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writeBody(body);
        }

        var credential = FormatCredential(credentials);
        using var message = new MemoryStream();
        using var writer = new BinaryWriter(message, Encoding.UTF8);
        writer.Write("Vix_1_Relayed_Command \"vic\"\0"u8);
        writer.Write(Magic);
        writer.Write(MessageVersion);
        writer.Write(HeaderLength + (int)buffer.Length + credential.Length);
        writer.Write(HeaderLength);
        writer.Write((int)buffer.Length);
        writer.Write(credential.Length);
        writer.Write((byte)0);
        writer.Write((int)command);
        writer.Write(0u);
        writer.Write(0xFFFFFFFFu);
        writer.Write(1ul);
        writer.Write(0u);
        writer.Write(NamePasswordCredential);
        writer.Write(buffer.ToArray());
        writer.Write(credential);
        return message.ToArray();
    }

    /// <summary>Both lengths, then name and password, each with a terminating zero, in base64, which ends in a zero as well.</summary>
    private static byte[] FormatCredential(GuestCredentials credentials)
    {
        byte[] plain = [.. Terminated(credentials.UserName), .. Terminated(credentials.Password)];
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Encoding.UTF8.GetByteCount(credentials.UserName));
        writer.Write(Encoding.UTF8.GetByteCount(credentials.Password));
        writer.Write(Terminated(Convert.ToBase64String(plain)));
        return buffer.ToArray();
    }

    private static byte[] TerminatedOrNothing(string? text) => string.IsNullOrEmpty(text) ? [] : Terminated(text);

    private static byte[] Terminated(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}

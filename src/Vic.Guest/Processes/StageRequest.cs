namespace Vic.Guest.Processes;

/// <summary>
/// What the stage needs to know, on the pipe between the guest and the stage. Not on a command line: the environment may hold secrets.
/// </summary>
internal sealed record StageRequest(
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    string Directory,
    ProcessIdentity Identity,
    string? TerminalPath,
    bool EntersNamespace)
{
    public byte[] Encode()
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        WriteAll(writer, Arguments);
        WriteAll(writer, Environment);
        writer.Write(Directory);
        writer.Write(Identity.User);
        writer.Write(Identity.Group);
        writer.Write(Identity.Groups.Count);
        foreach (var group in Identity.Groups)
            writer.Write(group);
        writer.Write(TerminalPath ?? string.Empty);
        writer.Write(EntersNamespace);
        writer.Flush();
        return buffer.ToArray();
    }

    public static StageRequest Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var arguments = ReadAll(reader);
        var environment = ReadAll(reader);
        var directory = reader.ReadString();
        var user = reader.ReadUInt32();
        var group = reader.ReadUInt32();
        var groups = new uint[reader.ReadInt32()];
        for (var index = 0; index < groups.Length; index++)
            groups[index] = reader.ReadUInt32();
        var terminal = reader.ReadString();
        return new StageRequest(
            arguments,
            environment,
            directory,
            new ProcessIdentity(user, group, groups, string.Empty),
            terminal.Length == 0 ? null : terminal,
            reader.ReadBoolean());
    }

    private static void WriteAll(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    private static string[] ReadAll(BinaryReader reader)
    {
        var texts = new string[reader.ReadInt32()];
        for (var index = 0; index < texts.Length; index++)
            texts[index] = reader.ReadString();
        return texts;
    }
}

using System.Globalization;
using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc.Vix;

/// <summary>Reads the answer to a VIX command: <c>error errno text</c>, ended by a zero byte (open-vm-tools, services/plugins/vix).</summary>
internal static class VixReply
{
    // Error codes (open-vm-tools, lib/include/vix.h).
    private const int FileNotFound = 4;
    private const int FileAlreadyExists = 12;
    private const int FileAccessError = 13;
    private const int AuthenticationFail = 35;
    private const int UnrecognizedCommand = 3025;
    private const int UserPermissions = 3015;
    private const int InvalidLogin = 3050;
    private const int NoSuchProcess = 20003;

    /// <summary>Returns the text after the two codes.</summary>
    /// <exception cref="GuestOperationException">The first code is an error, or the answer is malformed.</exception>
    public static string Parse(ReadOnlySpan<byte> reply)
    {
        var text = Encoding.UTF8.GetString(reply.TrimEnd((byte)0));
        var words = text.Split(' ', 3);
        if (words.Length < 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new GuestOperationException(GuestOperationFailure.Failed, "The guest's tools answered with something else than a result.");
        }

        var rest = words.Length == 3 ? words[2] : "";
        return code == 0 ? rest : throw new GuestOperationException(Classify(code), $"The guest's tools report error {code}: {rest}");
    }

    private static GuestOperationFailure Classify(int code) => code switch
    {
        FileNotFound => GuestOperationFailure.FileNotFound,
        FileAlreadyExists => GuestOperationFailure.FileAlreadyExists,
        FileAccessError or UserPermissions => GuestOperationFailure.PermissionDenied,
        AuthenticationFail or InvalidLogin => GuestOperationFailure.InvalidLogin,
        UnrecognizedCommand => GuestOperationFailure.NotSupported,
        NoSuchProcess => GuestOperationFailure.ProcessNotFound,
        _ => GuestOperationFailure.Failed,
    };
}

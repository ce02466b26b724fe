using System.Runtime.InteropServices;

namespace Vic.Guest.Sessions.Cryptography;

/// <summary>Where session keys and random bytes come from.</summary>
public static partial class SessionKeys
{
    /// <summary>Bytes of a session key and of the endpoint's master key.</summary>
    public const int KeyLength = 32;

    /// <summary>
    /// The session key of one container: one container's key says nothing about another's, and the endpoint has one key to keep.
    /// </summary>
    /// <param name="masterKey">The endpoint's 32-byte key.</param>
    /// <param name="containerId">The container's id, 64 hex digits.</param>
    public static byte[] Derive(byte[] masterKey, string containerId) => Blake2s.Hash(
        masterKey, "vic attach"u8, System.Text.Encoding.ASCII.GetBytes(containerId));

    /// <summary>Random bytes from the kernel: the guest has no cryptographic library.</summary>
    internal static byte[] Random(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var got = GetRandom(ref bytes[done], count - done, 0);
            if (got <= 0)
                throw new InvalidOperationException("The kernel gives no random bytes.");
            done += (int)got;
        }

        return bytes;
    }

    [LibraryImport("libc", EntryPoint = "getrandom")]
    private static partial nint GetRandom(ref byte buffer, nint length, uint flags);
}

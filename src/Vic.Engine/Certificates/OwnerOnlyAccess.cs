using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Vic.Engine.Certificates;

/// <summary>Creates directories and files that only their owner may open: mode 0700 and 0600, or a protected access list on Windows.</summary>
internal static class OwnerOnlyAccess
{
    private const uint DaclAndProtected = 0x8000_0004;

    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(path);
        Restrict(path, mode: 0x1C0, "D:P(A;OICI;FA;;;OW)");
    }

    /// <summary>Writes a new file; the content is written only after access to the empty file was taken from everyone else.</summary>
    /// <exception cref="IOException">The file exists already.</exception>
    public static void WriteNewFile(string path, byte[] content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        Restrict(path, mode: 0x180, "D:P(A;;FA;;;OW)");
        file.Write(content, 0, content.Length);
    }

    private static void Restrict(string path, int mode, string descriptor)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            if (ChangeMode(Encoding.UTF8.GetBytes(path + '\0'), mode) != 0)
            {
                throw new IOException($"'{path}' cannot be made private to its owner.");
            }

            return;
        }

        if (!ConvertDescriptor(descriptor, revision: 1, out var security, out _))
        {
            throw new IOException($"'{path}' cannot be made private to its owner.", new Win32Exception());
        }

        try
        {
            if (!SetFileSecurity(path, DaclAndProtected, security))
            {
                throw new IOException($"'{path}' cannot be made private to its owner.", new Win32Exception());
            }
        }
        finally
        {
            LocalFree(security);
        }
    }

    // Not LibraryImport: its marshalling code needs a newer runtime than netstandard2.0's.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "chmod")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMode(byte[] path, int mode);

    [DllImport("advapi32", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ConvertDescriptor(string text, uint revision, out IntPtr descriptor, out uint size);

    [DllImport("advapi32", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetFileSecurity(string path, uint information, IntPtr descriptor);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LocalFree(IntPtr memory);
#pragma warning restore SYSLIB1054
}

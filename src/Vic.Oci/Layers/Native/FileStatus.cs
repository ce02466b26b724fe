using System.Runtime.InteropServices;

namespace Vic.Oci.Layers.Native;

/// <summary>The head of struct statx (linux/stat.h), which is the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;
}

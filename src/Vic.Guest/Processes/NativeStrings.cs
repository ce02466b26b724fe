using System.Runtime.InteropServices;

namespace Vic.Guest.Processes;

/// <summary>NULL-terminated arrays of C strings, as exec(3) takes them.</summary>
internal static unsafe class NativeStrings
{
    public static byte** Allocate(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (var index = 0; index < texts.Count; index++)
            array[index] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[index]);
        return array;
    }

    public static void Free(byte** array)
    {
        for (var entry = array; *entry is not null; entry++)
            Marshal.FreeCoTaskMem((nint)(*entry));
        NativeMemory.Free(array);
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Vic.Vim25;

/// <summary>A set of ASCII names, searched by UTF-8 bytes without making a string.</summary>
internal sealed class NameTable
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly string[] _names;
    private readonly int[] _slots;

    public NameTable(string[] names)
    {
        _names = names;
        int size = 16;
        while (size < names.Length * 2)
        {
            size *= 2;
        }

        _slots = new int[size];
        for (int index = 0; index < names.Length; index++)
        {
            uint slot = Hash(names[index]);
            while (_slots[slot & (size - 1)] != 0)
            {
                slot++;
            }

            _slots[slot & (size - 1)] = index + 1;
        }
    }

    /// <summary>The index of a name, or -1.</summary>
    [MethodImpl(VimXmlReader.Hot)]
    public int Find(uint hash, ReadOnlySpan<byte> name)
    {
        for (uint slot = hash; ; slot++)
        {
            int index = _slots[slot & (_slots.Length - 1)] - 1;
            if (index < 0 || Matches(_names[index], name))
            {
                return index;
            }
        }
    }

    /// <inheritdoc cref="Find(uint, ReadOnlySpan{byte})"/>
    public int Find(string name)
    {
        for (uint slot = Hash(name); ; slot++)
        {
            int index = _slots[slot & (_slots.Length - 1)] - 1;
            if (index < 0 || _names[index] == name)
            {
                return index;
            }
        }
    }

    /// <summary>A hash that takes eight bytes at a time; generated code holds the hashes of its names.</summary>
    [MethodImpl(VimXmlReader.Hot)]
    public static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length;
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(name));
            name = name.Slice(sizeof(ulong));
        }

        return (uint)Mix(hash, Rest(name));
    }

    /// <summary>Are the bytes the characters of an ASCII text?</summary>
    public static bool Matches(string text, ReadOnlySpan<byte> bytes)
    {
#if NET
        return System.Text.Ascii.Equals(bytes, text);
#else
        if (text.Length != bytes.Length)
        {
            return false;
        }

        for (int index = 0; index < bytes.Length; index++)
        {
            if (text[index] != bytes[index])
            {
                return false;
            }
        }

        return true;
#endif
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Prime;
        return hash ^ (hash >> 32);
    }

    /// <summary>Fewer than eight bytes as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Rest(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => 0,
        < sizeof(uint) => bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[bytes.Length - 1] << 16),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(bytes.Length - sizeof(uint))) << 32),
    };

    private static uint Hash(string name)
    {
        Span<byte> bytes = name.Length <= 128 ? stackalloc byte[name.Length] : new byte[name.Length];
        for (int index = 0; index < name.Length; index++)
        {
            bytes[index] = (byte)name[index];
        }

        return Hash(bytes);
    }
}

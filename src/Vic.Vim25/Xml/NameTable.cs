namespace Vic.Vim25;

/// <summary>A set of ASCII names, searched by UTF-8 bytes without making a string.</summary>
internal sealed class NameTable
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

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

    /// <summary>FNV-1a over the bytes; generated code holds the hashes of its names.</summary>
    public static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = Basis;
        foreach (byte b in name)
        {
            hash = Add(hash, b);
        }

        return hash;
    }

    /// <summary>The hash before the first byte.</summary>
    public static uint Start => Basis;

    /// <summary>The hash with one more byte.</summary>
    public static uint Add(uint hash, byte value) => (hash ^ value) * Prime;

    /// <summary>Are the bytes the characters of an ASCII text?</summary>
    public static bool Matches(string text, ReadOnlySpan<byte> bytes)
    {
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
    }

    private static uint Hash(string name)
    {
        uint hash = Basis;
        foreach (char c in name)
        {
            hash = Add(hash, (byte)c);
        }

        return hash;
    }
}

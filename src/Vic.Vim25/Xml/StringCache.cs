using System.Runtime.CompilerServices;
using System.Text;

namespace Vic.Vim25;

/// <summary>
/// Makes strings of UTF-8 bytes. Short texts recur in vim25 (property paths, keys of options, device types), so the last one in each of
/// some hundred slots is kept and used again.
/// </summary>
internal sealed class StringCache
{
    private const int MaxCachedLength = 64;

    private readonly string?[] _slots = new string?[512];

    [MethodImpl(VimXmlReader.Hot)]
    public string Get(byte[] bytes, int offset, int count)
    {
        if (count == 0)
        {
            return "";
        }

        if (count > MaxCachedLength)
        {
            return Encoding.UTF8.GetString(bytes, offset, count);
        }

        ReadOnlySpan<byte> text = bytes.AsSpan(offset, count);
        ref string? slot = ref _slots[NameTable.Hash(text) & (_slots.Length - 1)];
        if (slot is null || !NameTable.Matches(slot, text))
        {
            // A text with characters beyond ASCII never matches and is made anew each time.
            slot = Encoding.UTF8.GetString(bytes, offset, count);
        }

        return slot;
    }
}

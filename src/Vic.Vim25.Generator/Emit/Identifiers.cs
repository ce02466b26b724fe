using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Vic.Vim25.Generator.Emit;

/// <summary>Turns wire names into C# names.</summary>
internal static class Identifiers
{
    /// <summary><c>powerState</c> becomes <c>PowerState</c>, <c>vmx-04</c> becomes <c>Vmx04</c>, <c>PowerOnVM_Task</c> becomes <c>PowerOnVMTask</c>.</summary>
    public static string Pascal(string wireName)
    {
        var name = new StringBuilder(wireName.Length);
        bool upper = true;
        foreach (char c in wireName)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        return char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }

    /// <summary>A member may not have its type's name.</summary>
    public static string Member(string wireName, string typeName)
    {
        string name = Pascal(wireName);
        return name == typeName ? name + "Value" : name;
    }

    public static string Parameter(string wireName)
    {
        string name = char.ToLowerInvariant(wireName[0]) + wireName.Substring(1);
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }

    /// <summary>The hash by which the XML reader tells names apart, computed as the reader's <c>NameTable</c> does.</summary>
    public static string Hash(string wireName)
    {
        byte[] name = Encoding.UTF8.GetBytes(wireName);
        ulong hash = (ulong)name.Length;
        int position = 0;
        for (; name.Length - position >= sizeof(ulong); position += sizeof(ulong))
        {
            hash = Mix(hash, LittleEndian(name, position, sizeof(ulong)));
        }

        int rest = name.Length - position;
        hash = Mix(hash, rest switch
        {
            0 => 0,
            < sizeof(uint) => name[position] | ((ulong)name[position + (rest / 2)] << 8) | ((ulong)name[position + rest - 1] << 16),
            _ => LittleEndian(name, position, sizeof(uint)) | (LittleEndian(name, name.Length - sizeof(uint), sizeof(uint)) << 32),
        });
        return "0x" + ((uint)hash).ToString("X8", System.Globalization.CultureInfo.InvariantCulture) + "u";
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = unchecked((hash ^ word) * 0x9E3779B97F4A7C15);
        return hash ^ (hash >> 32);
    }

    private static ulong LittleEndian(byte[] bytes, int position, int count)
    {
        ulong value = 0;
        for (int index = count - 1; index >= 0; index--)
        {
            value = (value << 8) | bytes[position + index];
        }

        return value;
    }
}

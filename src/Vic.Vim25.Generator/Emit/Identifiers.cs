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

    /// <summary>The hash by which the XML reader tells names apart: FNV-1a over the UTF-8 bytes, as the reader computes it.</summary>
    public static string Hash(string wireName)
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(wireName))
        {
            hash = (hash ^ b) * 16777619;
        }

        return "0x" + hash.ToString("X8", System.Globalization.CultureInfo.InvariantCulture) + "u";
    }
}

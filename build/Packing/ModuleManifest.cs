using System.Collections;
using System.Management.Automation.Language;
using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Packing;

/// <summary>The manifest of the module, read as data: nothing in it is run.</summary>
internal sealed class ModuleManifest
{
    private const string PrivateData = "    PrivateData          = @{\n";

    private readonly string _text;
    private readonly Hashtable _values;

    private ModuleManifest(string text, Hashtable values)
    {
        _text = text;
        _values = values;
    }

    public string Version => Text("ModuleVersion");

    public string Author => Text("Author");

    public string Copyright => Text("Copyright");

    public string Description => Text("Description");

    public string ReleaseNotes => (string)Gallery["ReleaseNotes"]!;

    public IReadOnlyList<string> Tags => [.. ((IEnumerable)Gallery["Tags"]!).Cast<string>()];

    public IReadOnlyList<string> Cmdlets => [.. ((IEnumerable)_values["CmdletsToExport"]!).Cast<string>()];

    private Hashtable Gallery => (Hashtable)((Hashtable)_values["PrivateData"]!)["PSData"]!;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="BuildFailedException">It is not a table of constants.</exception>
    public static ModuleManifest Parse(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var tree = Parser.ParseInput(text, out _, out var problems);
        return problems.Length == 0 && tree.Find(node => node is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst table
            ? new ModuleManifest(text, (Hashtable)table.SafeGetValue())
            : throw new BuildFailedException("the module's manifest is not a table");
    }

    /// <summary>The manifest with the SHA-256 of each ISO, by which the module knows its own again before it uploads one.</summary>
    public byte[] WithDigests(IReadOnlyDictionary<string, string> digests)
    {
        var table = new StringBuilder("        IsoSha256 = @{\n");
        foreach (var (name, digest) in digests.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.Append($"            '{name}' = '{digest}'\n");
        }

        table.Append("        }\n");
        return _text.Contains(PrivateData, StringComparison.Ordinal)
            ? Encoding.UTF8.GetBytes(_text.Replace(PrivateData, PrivateData + table, StringComparison.Ordinal))
            : throw new BuildFailedException("the module's manifest has no PrivateData for the digests of the ISOs");
    }

    private string Text(string key) => (string)_values[key]!;
}

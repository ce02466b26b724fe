using System.Management.Automation;
using System.Text;

namespace Vic.Shell.Commands;

/// <summary>Reads a table of comma-separated values: an object for each line, its properties named by the first one.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
public sealed class ImportCsvCommand : PSCmdlet
{
    private const char Quote = '"';

    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var file = GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            var rows = Rows(File.ReadAllText(file)).Where(row => row is not [""]).ToList();
            foreach (var row in rows.Skip(1))
            {
                WriteObject(Describe(rows[0], row));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, Path));
        }
    }

    private static PSObject Describe(List<string> names, List<string> values)
    {
        var row = new PSObject();
        for (var column = 0; column < names.Count; column++)
        {
            row.Properties.Add(new PSNoteProperty(names[column], column < values.Count ? values[column] : null));
        }

        return row;
    }

    private static IEnumerable<List<string>> Rows(string text)
    {
        var row = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case Quote when isQuoted && index + 1 < text.Length && text[index + 1] == Quote:
                    value.Append(text[index++]);
                    break;
                case Quote:
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    row.Add(Take(value));
                    break;
                case '\n' when !isQuoted:
                    yield return [.. row, Take(value)];
                    row.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case var character:
                    value.Append(character);
                    break;
            }
        }

        yield return [.. row, Take(value)];
    }

    private static string Take(StringBuilder value)
    {
        var text = value.ToString();
        value.Clear();
        return text;
    }
}

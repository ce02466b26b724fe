using System.Management.Automation;
using System.Text;

namespace Vic.Shell.Commands;

/// <summary>Writes objects to a file as comma-separated values, every one in quotes; the first object names the columns.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : PSCmdlet
{
    private readonly StringBuilder _text = new();
    private List<string>? _columns;

    /// <summary>An object: a line.</summary>
    [Parameter(ValueFromPipeline = true, Mandatory = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The file; one that is there is replaced.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = "";

    /// <summary>The text's encoding.</summary>
    [Parameter]
    [ValidateSet("utf8")]
    public string Encoding { get; set; } = "utf8";

    /// <summary>Leaves out the line with the type's name, which Windows PowerShell writes without it.</summary>
    [Parameter]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_columns is null)
        {
            _columns = [.. InputObject.Properties.Select(property => property.Name)];
            AppendLine(_columns);
        }

        AppendLine(_columns.Select(column => LanguagePrimitives.ConvertTo<string>(InputObject.Properties[column]?.Value)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            File.WriteAllText(GetUnresolvedProviderPathFromPSPath(Path), _text.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, Path));
        }
    }

    private void AppendLine(IEnumerable<string?> values) =>
        _text.AppendJoin(',', values.Select(value => $"\"{value?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).AppendLine();
}

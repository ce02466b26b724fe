using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>Reads a text file, line by line or whole.</summary>
[Cmdlet(VerbsCommon.Get, "Content")]
public sealed class GetContentCommand : PSCmdlet
{
    /// <summary>The file.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string Path { get; set; } = "";

    /// <summary>Gives one string with everything.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var file = GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            WriteObject(Raw ? File.ReadAllText(file) : File.ReadAllLines(file), enumerateCollection: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(exception, "PathNotFound", ErrorCategory.ObjectNotFound, Path));
        }
    }
}

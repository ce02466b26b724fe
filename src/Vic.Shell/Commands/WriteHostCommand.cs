using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>Writes text to the console and to the information stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to write; several are separated by a blank.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true, ValueFromPipeline = true)]
    public object[] Object { get; set; } = [];

    /// <summary>The color of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>Leaves the cursor at the end of the text.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage
        {
            Message = string.Join(' ', Object.Select(LanguagePrimitives.ConvertTo<string>)),
            ForegroundColor = ForegroundColor,
            NoNewLine = NoNewline,
        };
        WriteInformation(message, ["PSHOST"]);
    }
}

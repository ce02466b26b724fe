using System.Management.Automation;
using System.Text.Json;

namespace Vic.Shell.Commands;

/// <summary>Makes objects of a JSON text.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The text; several are the lines of one.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string InputObject { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            using var document = JsonDocument.Parse(string.Join('\n', _lines));
            WriteObject(Convert(document.RootElement));
        }
        catch (JsonException exception)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "InvalidJson", ErrorCategory.InvalidData, targetObject: null));
        }
    }

    private static object? Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var integer) ? (object)integer : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ConvertObject(JsonElement element)
    {
        var converted = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            converted.Properties.Add(new PSNoteProperty(property.Name, Convert(property.Value)));
        }

        return converted;
    }
}

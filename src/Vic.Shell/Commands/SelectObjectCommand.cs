using System.Management.Automation;

namespace Vic.Shell.Commands;

/// <summary>Takes the first objects, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private int _seen;

    /// <summary>The object to select from.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The names of the properties to keep.</summary>
    [Parameter(Position = 0)]
    public string[] Property { get; set; } = [];

    /// <summary>The property whose value takes the object's place.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>How many objects to take.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || _seen++ >= First)
        {
            return;
        }

        if (ExpandProperty is not null)
        {
            WriteObject(InputObject.Properties[ExpandProperty]?.Value, enumerateCollection: true);
        }
        else if (Property.Length == 0)
        {
            WriteObject(InputObject);
        }
        else
        {
            var selected = new PSObject();
            foreach (var name in Property)
            {
                selected.Properties.Add(new PSNoteProperty(name, InputObject.Properties[name]?.Value));
            }

            WriteObject(selected);
        }
    }
}

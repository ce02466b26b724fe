using System.Management.Automation;

namespace Vic.Shell.Hosting;

/// <summary>
/// Formats what a pipeline writes, object by object. It stands outside of the pipeline, because the formatter of a pipeline that an error or
/// <c>exit</c> ends throws away the table it has begun.
/// </summary>
internal sealed class Screen : IDisposable
{
    private readonly SteppablePipeline _formatter = ScriptBlock.Create("Out-Default").GetSteppablePipeline();

    public Screen()
    {
        _formatter.Begin(expectInput: true);
        Output.DataAdded += (_, _) =>
        {
            foreach (var item in Output.ReadAll())
            {
                _formatter.Process(item);
            }
        };
    }

    /// <summary>Where the pipeline writes to.</summary>
    public PSDataCollection<PSObject> Output { get; } = [];

    public void Dispose()
    {
        _formatter.End();
        _formatter.Dispose();
        Output.Dispose();
    }
}

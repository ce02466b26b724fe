using System.Globalization;
using System.Management.Automation;
using Vic.Engine;
using Vic.PowerShell.Background;
using Vic.PowerShell.Sessions;
using Vic.Vim25;

namespace Vic.PowerShell.Pipeline;

/// <summary>
/// What every cmdlet of the module shares: work that Ctrl+C cancels, progress while a step takes long, errors with a stable id.
/// </summary>
public abstract class VicCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>What the progress display calls the whole operation.</summary>
    protected virtual string Activity => MyInvocation.MyCommand.Name;

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs one operation of the engine to its end, and turns its errors into this cmdlet's.</summary>
    /// <remarks>An engine error becomes a terminating error of this record.</remarks>
    protected T Run<T>(Func<IProgress<StepProgress>, CancellationToken, Task<T>> operation, object? target = null)
    {
        try
        {
            return RunCore(operation);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            ThrowTerminatingError(ErrorRecords.From(Explain(exception), target));
            throw;
        }
    }

    /// <summary>Runs one operation; its error is written, and the cmdlet goes on with the next object.</summary>
    /// <returns>False when the operation failed.</returns>
    protected bool TryRun<T>(Func<IProgress<StepProgress>, CancellationToken, Task<T>> operation, object? target, out T? result)
    {
        try
        {
            result = RunCore(operation);
            return true;
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            result = default;
            WriteError(ErrorRecords.From(Explain(exception), target));
            return false;
        }
    }

    /// <summary>
    /// Runs one operation and writes what it has made, or its error, and goes on with the next object; with <paramref name="runAsync"/> it starts the operation and
    /// writes its task.
    /// </summary>
    /// <param name="runAsync">The cmdlet's <c>-RunAsync</c>.</param>
    /// <param name="target">What the operation works on.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="output">What to write of its result; null for nothing.</param>
    private protected void RunOrStart<T>(
        bool runAsync, string target, Func<IProgress<StepProgress>, CancellationToken, Task<T>> operation, Func<T, object?> output)
    {
        if (runAsync)
        {
            var task = VicTask.Start(
                $"{MyInvocation.MyCommand.Name} {target}",
                async (progress, cancellationToken) => output(await operation(progress, cancellationToken).ConfigureAwait(false)),
                exception => ErrorRecords.From(Explain(exception), target));
            RunspaceState.Current.Tasks.Add(task);
            WriteObject(task);
        }
        else if (TryRun(operation, target, out var result) && output(result!) is { } made)
        {
            WriteObject(made);
        }
    }

    /// <summary>Puts what went wrong into words.</summary>
    private protected virtual VicException Explain(Exception exception) => VicErrors.Explain(exception);

    /// <summary>Ends the pipeline with an error that this cmdlet has found itself.</summary>
    private protected void Refuse(string errorId, VicErrorKind kind, string message, object? target = null, string? action = null) =>
        ThrowTerminatingError(ErrorRecords.From(new VicException(errorId, kind, message) { RecommendedAction = action }, target));

    /// <summary>Reads an argument; what is wrong with it ends the pipeline.</summary>
    private protected T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VicException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, exception.Target));
            throw;
        }
    }

    /// <summary>The file system path that a user's path means at the shell's current location.</summary>
    protected string FullPath(string path) => GetUnresolvedProviderPathFromPSPath(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private static string Describe(VimCallReport call)
    {
        var milliseconds = call.Elapsed.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        return $"{call.MethodName} on {call.Target}: {call.Failure ?? "done"} after {milliseconds} ms";
    }

    private T RunCore<T>(Func<IProgress<StepProgress>, CancellationToken, Task<T>> operation)
    {
        var shown = false;
        using var pump = new PipelinePump(step => WriteVerbose(step.Step), Show, WriteWarning);
        try
        {
            return pump.Run(() =>
            {
                VimCalls.Observer = call => pump.Say(WriteDebug, Describe(call));
                return operation(pump, StopToken);
            });
        }
        finally
        {
            if (shown && !StopToken.IsCancellationRequested)
            {
                WriteProgress(new ProgressRecord(0, Activity, " ") { RecordType = ProgressRecordType.Completed });
            }
        }

        void Show(StepProgress step)
        {
            shown = true;
            WriteProgress(new ProgressRecord(0, Activity, step.Step) { PercentComplete = step.Percent ?? -1 });
        }
    }
}

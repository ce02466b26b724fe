using System.Globalization;
using System.Text;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Logs;

/// <summary>
/// What a cmdlet does to a VCH, written down beside the endpoint VM where the next administrator finds it. Holds what is shown to the user, so no
/// secret.
/// </summary>
internal sealed class OperationLog : IProgress<StepProgress>
{
    /// <summary>What the names of these logs begin with; the same as with <c>vic-machine</c> (vmware/vic, lib/install/vchlog).</summary>
    public const string FilePrefix = "vic-machine_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IProgress<StepProgress> _shown;
    private readonly StringBuilder _text = new();
    private readonly string _operation;
    private readonly string _fileName;
    private string? _step;

    /// <param name="operation"><c>create</c>, <c>configure</c>, <c>upgrade</c>, <c>rollback</c> or <c>delete</c>, as <c>vic-machine</c> calls it.</param>
    /// <param name="shown">Who else is told.</param>
    public OperationLog(string operation, IProgress<StepProgress> shown)
    {
        _shown = shown;
        _operation = operation;
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        _fileName = $"{FilePrefix}{time}_{operation}_{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture).Substring(0, 8)}.log";
        Write("INFO", $"VIC for PowerShell {ProductVersion.Current}, {operation}");
    }

    public void Report(StepProgress value)
    {
        // A step that goes on is reported with each percent.
        if (value.Step != _step)
        {
            _step = value.Step;
            Write(value.IsWarning ? "WARN" : "INFO", value.Step);
        }

        _shown.Report(value);
    }

    /// <summary>Writes down how it ended: well, or with an error.</summary>
    public void End(Exception? failure = null) => Write(failure is null ? "INFO" : "ERROR", failure is null ? $"The {_operation} is done." : VicErrors.Explain(failure).Message);

    /// <summary>Stores the log as it is, in place of an earlier state of it. That it cannot be stored ends nothing.</summary>
    /// <param name="client">The session.</param>
    /// <param name="datacenterPath">The datacenter of the folder.</param>
    /// <param name="folder">The folder of the endpoint VM.</param>
    /// <param name="warns">Whether the user is told when it cannot be stored.</param>
    public async Task StoreAsync(VimClient client, string datacenterPath, DatastoreFolder folder, bool warns)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var content = new MemoryStream(Content());
        try
        {
            await new DatastoreFiles(client, datacenterPath, folder.Datastore)
                .UploadAsync($"{folder.Name}/{_fileName}", content, content.Length, cancellationToken: limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is VimException or OperationCanceledException)
        {
            if (warns)
            {
                _shown.Report(StepProgress.Warning($"The log of this {_operation} could not be stored beside the endpoint VM: {exception.Message}"));
            }
        }
    }

    private byte[] Content()
    {
        lock (_text)
        {
            return Encoding.UTF8.GetBytes(_text.ToString());
        }
    }

    private void Write(string level, string text)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_text)
        {
            _text.Append(time).Append(' ').Append(level).Append(' ').Append(text.Replace("\r", "").Replace("\n", "\n    ")).Append('\n');
        }
    }
}

using System.Management.Automation;

namespace Vic.Shell.Hosting;

/// <summary>The one line at the cursor that shows what runs now; on a terminal only.</summary>
internal sealed class ProgressLine
{
    private readonly bool _shown = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private int _width;

    public void Show(ProgressRecord record)
    {
        if (!_shown)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var text = $"{record.Activity}: {record.StatusDescription}{percent}";
        text = text[..Math.Min(text.Length, Math.Max(Console.WindowWidth - 1, 0))];
        Console.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    public void Clear()
    {
        if (_width > 0)
        {
            Console.Error.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }
}

using System.Management.Automation;
using Vic.Engine.Logs;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Reads the logs of a VCH line by line: its endpoint's console, what cmdlets have done to it, what the hypervisor says. Needs no endpoint that answers.
/// </summary>
[Cmdlet(VerbsCommon.Get, "VCHLog", DefaultParameterSetName = LinesSet)]
[OutputType(typeof(string), typeof(VchLog))]
public sealed class GetVchLogCommand : VchCmdlet
{
    private const string LinesSet = "Lines";
    private const string ListSet = "List";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Which log: <c>Endpoint</c>, <c>Deployment</c> (the newest) or <c>Machine</c>.</summary>
    [Parameter(Position = 1, ParameterSetName = LinesSet)]
    public VchLogKind Kind { get; set; } = VchLogKind.Endpoint;

    /// <summary>The log of this file name, as <c>-List</c> shows it.</summary>
    [Parameter(ParameterSetName = LinesSet)]
    [ValidateNotNullOrEmpty]
    public string? FileName { get; set; }

    /// <summary>How many of the last lines; all without it.</summary>
    [Parameter(ParameterSetName = LinesSet)]
    [ValidateRange(0, 1000000)]
    public int? Tail { get; set; }

    /// <summary>Goes on with what is written from now on, until Ctrl+C.</summary>
    [Parameter(ParameterSetName = LinesSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>Lists the logs in place of reading one.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true)]
    public SwitchParameter List { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            var logs = new VchLogs(target.Server.Client);
            if (List)
            {
                if (TryRun((progress, cancellationToken) => logs.ListAsync(target.Vch, progress, cancellationToken), target.Vch.Name, out var found))
                {
                    WriteObject(found!.Select(log => new VchLog(target.Vch.Name, log)), enumerateCollection: true);
                }
            }
            else if (TryRun(
                (progress, cancellationToken) => logs.OpenAsync(target.Vch, Kind, FileName, progress, cancellationToken), target.Vch.Name, out var reader))
            {
                WriteLines(reader!, target.Vch.Name);
            }
        }
    }

    private void WriteLines(LogReader reader, string vch)
    {
        WriteObject(
            Run((_, cancellationToken) => Tail is { } count ? reader.ReadLastAsync(count, cancellationToken) : reader.ReadAsync(cancellationToken), vch),
            enumerateCollection: true);
        if (!Wait)
        {
            if (reader.TakeRest() is { Length: > 0 } rest && Tail != 0)
            {
                WriteObject(rest);
            }

            return;
        }

        // A datastore tells nobody of changes; asking for a file's size is a small request.
        while (!StopToken.WaitHandle.WaitOne(Pause))
        {
            WriteObject(Run((_, cancellationToken) => reader.ReadAsync(cancellationToken), vch), enumerateCollection: true);
        }
    }
}

using System.Management.Automation;
using Vic.Engine.Containers;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Reads what containers have printed, one object a line, from the file beside each virtual machine: it needs neither the endpoint nor a virtual
/// machine that runs.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ContainerVMLog")]
[OutputType(typeof(ContainerVMLogLine))]
public sealed class GetContainerVMLogCommand : ContainerCmdlet
{
    /// <summary>Only so many lines from the end; all without it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Tail { get; set; }

    /// <summary>Goes on while the container runs, until Ctrl+C; of several containers, with one after the other.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (TryRun((_, cancellationToken) => ContainerLog.OpenAsync(target.Server.Client, target.Container, cancellationToken), target.Container.Name, out var log))
            {
                Write(target, log!);
            }
        }
    }

    private void Write(ContainerTarget target, ContainerLog log)
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Tail)) && !TryWriteTail(target, log))
        {
            return;
        }

        while (TryRun((_, cancellationToken) => log.ReadAsync(cancellationToken), target.Container.Name, out var lines))
        {
            Write(target, lines!);
            if (lines!.Count == 0 && (!Wait || !Run((_, cancellationToken) => log.WaitAsync(cancellationToken), target.Container.Name)))
            {
                Write(target, log.ReadUnfinished());
                return;
            }
        }
    }

    private bool TryWriteTail(ContainerTarget target, ContainerLog log)
    {
        if (!TryRun((_, cancellationToken) => log.ReadTailAsync(Tail, !Wait, cancellationToken), target.Container.Name, out var lines))
        {
            return false;
        }

        Write(target, lines!);
        return true;
    }

    private void Write(ContainerTarget target, IReadOnlyList<ContainerLogLine> lines) =>
        WriteObject(lines.Select(line => new ContainerVMLogLine(line, target.Container, target.Server)), enumerateCollection: true);
}

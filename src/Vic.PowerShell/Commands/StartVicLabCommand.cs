using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Vic.PowerShell.Lab;
using Vic.PowerShell.Pipeline;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Commands;

/// <summary>Starts a vSphere on this machine: the vSphere API over QEMU virtual machines.</summary>
[Cmdlet(VerbsLifecycle.Start, "VICLab", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(VicLab))]
public sealed class StartVicLabCommand : VicCmdlet
{
    /// <summary>The inventory: a vCenter with a cluster, or one ESXi host.</summary>
    [Parameter]
    [ValidateSet("vcenter", "esx")]
    public string Model { get; set; } = "vcenter";

    /// <summary>Whether virtual machines really run (<c>qemu</c>) or only have a power state (<c>none</c>).</summary>
    [Parameter]
    [ValidateSet("qemu", "none")]
    public string Runtime { get; set; } = "qemu";

    /// <summary>
    /// Loopback ports that reach into virtual machines: <c>hostPort[:guestPort][@vmName]</c>. The first one is how to reach the VCH.
    /// </summary>
    [Parameter]
    public string[] Publish { get; set; } = [];

    /// <summary>The folder for the datastores; without it they go when the lab ends.</summary>
    [Parameter]
    public string? StatePath { get; set; }

    /// <summary>How many virtual machines are there from the start, powered off; to see how tools work at scale.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int VirtualMachineCount { get; set; }

    /// <summary>The port of the vSphere API; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess($"{Model}, {Runtime}", "Start a lab on this machine"))
        {
            return;
        }

        List<string> options =
        [
            "--model", Model,
            "--runtime", Runtime,
            "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--machines", VirtualMachineCount.ToString(CultureInfo.InvariantCulture),
            "--parent-pid", CurrentProcessId().ToString(CultureInfo.InvariantCulture),
        ];
        if (StatePath is not null)
        {
            options.AddRange(["--state", FullPath(StatePath)]);
        }

        foreach (var rule in Publish)
        {
            options.AddRange(["--publish", rule]);
        }

        var lab = Run(
            (progress, cancellationToken) =>
            {
                progress.Report(new("Starting the lab"));
                return LabProcess.StartAsync(LabLocation.Find(), options, cancellationToken);
            });
        RunspaceState.Current.Labs.Add(lab);
        WriteObject(lab);
    }

    private static int CurrentProcessId()
    {
        using var process = Process.GetCurrentProcess();
        return process.Id;
    }
}

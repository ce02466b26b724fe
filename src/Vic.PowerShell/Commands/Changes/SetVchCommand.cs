using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Changes;
using Vic.PowerShell.Background;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands.Changes;

/// <summary>
/// Changes a virtual container host. What needs no restart is changed at once; for the rest the endpoint VM is restarted while containers run on. -WhatIf
/// shows each difference and whether it takes a restart.
/// </summary>
[Cmdlet(VerbsCommon.Set, "VCH", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = Settings)]
[OutputType(typeof(VirtualContainerHost), typeof(VicTask))]
public sealed partial class SetVchCommand : VchChangeCmdlet
{
    private const string Settings = "Settings";
    private const string Reset = "ResetProgress";

    /// <summary>
    /// What the VCH is to be: a file, a text or an object of <c>Export-VCHConfiguration</c>; only differences are applied. What it leaves out gets its usual
    /// value, but for what a VCH keeps for life, its account, and the names, keys and authorities of its certificates. Its name is not looked at; parameters
    /// win over what it says.
    /// </summary>
    [Parameter(ParameterSetName = Settings)]
    [ValidateNotNull]
    public PSObject? Configuration { get; set; }

    /// <summary>Takes back a change that broke off because its shell was closed or its computer failed, and lets the VCH be changed again.</summary>
    [Parameter(ParameterSetName = Reset, Mandatory = true)]
    public SwitchParameter ResetProgress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (ResetProgress)
            {
                ResetChange(target);
            }
            else
            {
                Change(target);
            }
        }
    }

    private void Change(VchTarget target)
    {
        var request = ReadRequest(target);
        if (request == new VchChangeRequest { Timeout = request.Timeout, ServerThumbprint = request.ServerThumbprint })
        {
            Refuse("NothingAsked", VicErrorKind.InvalidInput, "Nothing to change was passed.", target.Vch.Name, "Pass a setting, such as -EndpointMemoryGB 4.");
        }

        var reconfiguration = new VchReconfiguration(target.Server.Client);
        if (!TryRun((progress, token) => reconfiguration.PlanAsync(target.Vch, request, progress, token), target.Vch.Name, out var changes))
        {
            return;
        }

        if (changes!.Count == 0)
        {
            Skip(target, $"'{target.Vch.Name}' is as asked already; nothing was changed.");
        }
        else if (ShouldProcess(target, Describe(changes)))
        {
            Change(target, async (progress, token) => (await reconfiguration.RunAsync(target.Vch, request, progress, token).ConfigureAwait(false)).Vch);
        }
    }

    private static string Describe(IReadOnlyList<SettingChange> changes)
    {
        var consequence = changes.Any(change => change.NeedsRestart)
            ? "Change, restarting the endpoint VM while containers run on"
            : "Change, without a restart";
        return $"{consequence}: {string.Join("; ", changes)}";
    }
}

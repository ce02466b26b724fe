using System.Globalization;
using System.Management.Automation;
using Vic.Engine.Support;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>
/// Collects what is needed to find out what is wrong with a VCH in one zip file: its configuration, logs, containers and surroundings, without secrets.
/// Needs no endpoint that answers.
/// </summary>
[Cmdlet(VerbsData.Save, "VCHSupportBundle", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveVchSupportBundleCommand : VchCmdlet
{
    private const int Megabyte = 1 << 20;

    /// <summary>The folder for the file; the current one without it.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The most that is collected, before it is compressed, in megabytes; of long logs the end is kept.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int MaximumSizeMB { get; set; } = 64;

    /// <summary>Also collects what containers have printed. It is the users' own and may hold anything.</summary>
    [Parameter]
    public SwitchParameter IncludeContainerOutput { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var path = Path.Combine(FullPath(Destination), $"{target.Vch.Name}-support-{time}.zip");
            var options = new SupportBundleOptions { MaximumLength = (long)MaximumSizeMB * Megabyte, IncludesContainerOutput = IncludeContainerOutput };
            if (ShouldProcess(path, $"Collect what there is about {target}")
                && TryRun(
                    async (progress, cancellationToken) =>
                    {
                        await new SupportBundle(target.Server.Client).SaveAsync(target.Vch, path, options, progress, cancellationToken).ConfigureAwait(false);
                        return new FileInfo(path);
                    },
                    target.Vch.Name,
                    out var file))
            {
                WriteObject(file);
            }
        }
    }
}

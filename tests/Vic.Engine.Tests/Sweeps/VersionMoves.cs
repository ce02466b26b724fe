using Vic.Engine.Changes;
using Vic.Engine.Inspection;
using Vic.Engine.Tests.Labs;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Takes a VCH to this version and back, undisturbed, and looks after the ISOs of that.</summary>
internal static class VersionMoves
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static VchUpgradeRequest Request(EngineLab lab) =>
        new() { ApplianceIso = lab.Folder["appliance.iso"], BootstrapIso = lab.Folder["bootstrap.iso"], Timeout = TimeSpan.FromMinutes(1) };

    public static async Task UpdateAsync(EngineLab lab, VchInfo vch)
    {
        using var client = await lab.ConnectAsync();
        await new VchUpgrade(client).RunAsync(vch, Request(lab), Quiet.Instance, Token);
    }

    public static async Task RestoreAsync(EngineLab lab, VchInfo vch)
    {
        using var client = await lab.ConnectAsync();
        await new VchRollback(client).RunAsync(vch, TimeSpan.FromMinutes(1), Quiet.Instance, Token);
    }

    public static bool HasNewIsos(EngineLab lab) => NewIsos(lab).Any();

    public static void DeleteNewIsos(EngineLab lab)
    {
        foreach (var file in NewIsos(lab))
        {
            File.Delete(file);
        }
    }

    // The VCH was deployed with the ISOs of this very version; those of the update have a number.
    private static IEnumerable<string> NewIsos(EngineLab lab) =>
        Directory.EnumerateFiles(lab.Facts.StateDirectory, "*-2-*.iso", SearchOption.AllDirectories);
}

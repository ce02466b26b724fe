using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A VCH with one container that runs, made by another release.</summary>
internal static class OlderVch
{
    public const string Version = "v0.0.9-0-0009999";

    private const string VersionKey = "guestinfo.vice./init/version/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<VchInfo> DeployAsync(EngineLab lab, VchRequest request, string? release = null)
    {
        using var client = await lab.ConnectAsync();
        var vch = await RunningVch.DeployAsync(lab, request);
        var spec = new VirtualMachineConfigSpec
        {
            ExtraConfig =
            [
                new OptionValue { Key = $"{VersionKey}Version", Value = release ?? Version.Split('-')[0] },
                new OptionValue { Key = $"{VersionKey}GitCommit", Value = Version.Split('-')[2] },
            ],
        };
        await client.WaitForTaskAsync(await new VirtualMachine(client, vch.Reference).ReconfigVMTaskAsync(spec, Token), cancellationToken: Token);
        return await new VchInventory(client).ReadAsync(vch.Reference, Token);
    }
}

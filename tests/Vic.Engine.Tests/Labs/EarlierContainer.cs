using Vic.Configuration;
using Vic.Engine.Containers;
using Vic.Engine.Deployment;
using Vic.Engine.Inspection;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>A container that was made before its VCH was updated: it boots the bootstrap ISO of an earlier version.</summary>
internal static class EarlierContainer
{
    public const string Name = "earlier";
    public const string Version = "v0.0.9-0-0009999";
    public const string Iso = "[datastore1] earlier/bootstrap.iso";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ContainerVmInfo> CreateAsync(ContainerLab lab, bool isOn, Action<ExecutorConfiguration>? configure = null)
    {
        var path = lab.Lab.PathOf("datastore1", "earlier/bootstrap.iso");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        TestIso.Write(path, Version);
        var created = await lab.CreateAsync(
            Name,
            'e',
            configuration =>
            {
                configuration.Version = new ProductBuild { Version = "v0.0.9", BuildNumber = "0", GitCommit = "0009999", BuildDate = "2025/01/01" };
                configure?.Invoke(configuration);
            },
            Add(new VirtualIDEController { Key = 200, BusNumber = 0 }),
            Add(new VirtualCdrom
            {
                Key = -2,
                ControllerKey = 200,
                UnitNumber = 0,
                Backing = new VirtualCdromIsoBackingInfo { FileName = Iso },
                Connectable = EndpointHardware.Connected(),
            }));
        return isOn ? await new ContainerPower(lab.Client).StartAsync(created, Quiet.Instance, Token) : created;
    }

    /// <summary>What its virtual machine boots, which version that is said to be, and whether it runs.</summary>
    public static async Task<(string Iso, string? Version, string State)> ReadAsync(ContainerLab lab)
    {
        var container = (await lab.FindAsync(Name))!;
        var devices = await lab.Client.GetPropertyAsync<List<VirtualDevice>>(container.Reference, "config.hardware.device", Token);
        var iso = devices!.OfType<VirtualCdrom>().Single().Backing as VirtualCdromIsoBackingInfo;
        return (iso!.FileName, container.BootstrapVersion, container.PowerState);
    }

    private static VirtualDeviceConfigSpec Add(VirtualDevice device) => new() { Operation = VirtualDeviceConfigSpecOperation.Add, Device = device };
}

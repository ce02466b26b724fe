using Vic.Lab;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;

namespace Vic.Vim25.Tests.Servers;

/// <summary>The lab's vCenter, with a machine in it. Its machines have no guests.</summary>
public sealed class LabVCenter : VimServer
{
    private LabServer? _lab;

    public override Uri Url => Lab.Facts.Url;

    public override string Thumbprint => Lab.Facts.ThumbprintSha256.Replace(":", "", StringComparison.Ordinal);

    public override string User => Lab.Facts.User;

    public override string Password => Lab.Facts.Password;

    public override string Datacenter => Lab.Facts.Datacenter;

    public override string Datastore => Lab.Facts.Datastores[0];

    public override string PoolPath => $"{Datacenter}/host/{Lab.Facts.ComputeResource}/Resources";

    public override string MachineName => "first";

    public override string ApiVersion => "6.7";

    /// <summary>Makes calls fail, and counts them.</summary>
    public FaultPlan Faults => Lab.Faults;

    private LabServer Lab => _lab ?? throw new InvalidOperationException("not started");

    public override async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None });
        using VimClient client = await LoginAsync(CancellationToken.None);
        VirtualMachine machine = await CreateMachineAsync(client, MachineName, CancellationToken.None);
        await client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync());
    }

    public override async ValueTask DisposeAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }
}

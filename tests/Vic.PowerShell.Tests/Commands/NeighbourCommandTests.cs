using System.Security.Cryptography;
using Vic.Configuration;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.PowerShell.Tests.Hosting;
using Vic.Vim25;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>
/// Two VCHs beside each other whose containers and volumes have the same names: each cmdlet tells and touches what is of the VCH that is meant, and what
/// is the other's goes on.
/// </summary>
public sealed class NeighbourCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter, "")]
    [InlineData(InventoryModel.VCenter, "-AsVApp")]
    [InlineData(InventoryModel.Esx, "")]
    public async Task Each_cmdlet_keeps_to_the_VCH_that_is_meant(InventoryModel model, string option)
    {
        await using var lab = await ModuleLab.StartAsync(new LabOptions { Model = model });
        using var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, Cancellation);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Cancellation);
        using var runspace = lab.OpenConnected();
        SmallVch.Prepare(runspace);
        foreach (var name in new[] { "east", "west" })
        {
            await DeployAsync(lab, client, runspace, name, option);
        }

        Assert.Equal(
            """
            east: web running of east, image east:latest of east, volume data of [datastore1] volumes-of-east/volumes/data/data.vmdk used by web, 1 container, 1 running, 1 image, 1 volume
            west: web running of west, image west:latest of west, volume data of [datastore1] volumes-of-west/volumes/data/data.vmdk used by web, 1 container, 1 running, 1 image, 1 volume
            """,
            Describe(runspace, "'east', 'west'"));
        Assert.Equal(
            ["east", "west"],
            runspace.Run("Get-ContainerVM web | ForEach-Object VCH").AssertSucceeded().Output.Select(item => item.ToString()));

        var stopped = runspace.Run("Get-ContainerVM web -VCH west | Stop-ContainerVM -Kill -PassThru | ForEach-Object { \"$($_.VCH) $($_.State)\" }").AssertSucceeded();
        Assert.Equal("west exited", stopped.Text);
        Assert.Equal("east running", runspace.Run("Get-ContainerVM web -VCH east | ForEach-Object { \"$($_.VCH) $($_.State)\" }").AssertSucceeded().Text);

        // Nothing of west runs; that something of east does keeps nobody from removing west.
        runspace.Run("Remove-VCH west -Confirm:$false").AssertSucceeded();

        Assert.Equal("east", runspace.Run("Get-VCH | ForEach-Object Name").AssertSucceeded().Text);
        Assert.Equal("PoweredOn", runspace.Run("(Get-VCH east).PowerState").AssertSucceeded().Text);
        Assert.StartsWith("east: web running of east, image east:latest of east, volume data of [datastore1] volumes-of-east/", Describe(runspace, "'east'"), StringComparison.Ordinal);
        Assert.Equal("east", runspace.Run("Get-ContainerVM | ForEach-Object VCH").AssertSucceeded().Text);
    }

    private static string Describe(ModuleRunspace runspace, string names) => runspace.Run($$"""
        foreach ($name in {{names}}) {
            $container = Get-ContainerVM -VCH $name
            $image = Get-VCHImage -VCH $name
            $volume = Get-VCHVolume -VCH $name
            $statistics = Get-VCHStatistics -VCH $name
            "${name}: $($container.Name) $($container.State) of $($container.VCH), image $($image.Name) of $($image.VCH), volume $($volume.Name) of $($volume.Id) used by $($volume.UsedBy)" +
                ", $($statistics.Containers) container, $($statistics.RunningContainers) running, $($statistics.Images) image, $($statistics.Volumes) volume"
        }
        """).AssertSucceeded().Text;

    /// <summary>Deploys a VCH, and gives it an image, a volume and a container that runs.</summary>
    private static async Task DeployAsync(ModuleLab lab, VimClient client, ModuleRunspace runspace, string name, string option)
    {
        var network = "";
        if (lab.Facts.Model != "esx")
        {
            network = $"-BridgeNetwork 'bridge of {name}'";
            await AddPortGroupAsync(client, $"bridge of {name}");
        }

        runspace.Run($"New-VCH -Name {name} {SmallVch.Options} {network} {option} -VolumeStore @{{ default = 'datastore1/volumes-of-{name}' }}").AssertSucceeded();
        await CreateDiskAsync(lab, client, $"volumes-of-{name}/volumes/data/data.vmdk");
        await WriteCatalogueAsync(lab, name);
        await RunContainerAsync(client, name);
    }

    private static async Task AddPortGroupAsync(VimClient client, string name)
    {
        var networkSwitch = (await client.RetrieveAllAsync("DistributedVirtualSwitch", ["name"], cancellationToken: Cancellation))[0].Reference;
        var task = await new DistributedVirtualSwitch(client, networkSwitch).AddDVPortgroupTaskAsync(
            [new DVPortgroupConfigSpec { Name = name, Type = "earlyBinding", NumPorts = 8 }], Cancellation);
        await client.WaitForTaskAsync(task, cancellationToken: Cancellation);
    }

    private static async Task CreateDiskAsync(ModuleLab lab, VimClient client, string path)
    {
        var datacenter = (await client.RetrieveAllAsync("Datacenter", ["name"], cancellationToken: Cancellation)).Single().Reference;
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(lab, path))!);
        var task = await new VirtualDiskManager(client, client.Content.VirtualDiskManager!.Value).CreateVirtualDiskTaskAsync(
            $"[datastore1] {path}", new FileBackedVirtualDiskSpec { DiskType = "thin", AdapterType = "lsiLogic", CapacityKb = 64 << 10 }, datacenter, Cancellation);
        await client.WaitForTaskAsync(task, cancellationToken: Cancellation);
    }

    private static async Task WriteCatalogueAsync(ModuleLab lab, string name)
    {
        var configuration = Convert.ToBase64String("""{"created":"2024-05-06T07:08:09Z","architecture":"amd64","os":"linux"}"""u8);
        var store = Directory.CreateDirectory(PathOf(lab, $"{name}/kvStores"));
        await File.WriteAllTextAsync(
            Path.Combine(store.FullName, "images.dat"),
            $$"""
            {"Version":1,"Images":[{"Id":"sha256:{{new string('a', 64)}}","Configuration":"{{configuration}}","Tags":["docker.io/library/{{name}}:latest"],
            "Digests":[],"Layers":[{"Id":"layer","DiffId":"sha256:0","Size":10}],"IsRemoved":false}]}
            """,
            Cancellation);
    }

    private static async Task RunContainerAsync(VimClient client, string name)
    {
        var machines = await client.RetrieveAllAsync("VirtualMachine", ["name", "parent", "resourcePool"], cancellationToken: Cancellation);
        var endpoint = machines.Single(machine => machine.Get<string>("name") == name);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var configuration = new ExecutorConfiguration { Id = id, Name = "web", RepositoryName = "busybox" };
        configuration.Sessions[id] = new SessionConfiguration { Id = id, Name = "web", Path = "/bin/true", Active = true, Started = "true" };
        configuration.Mounts["data"] = new MountConfiguration { Destination = "/data" };
        var spec = new VirtualMachineConfigSpec
        {
            Name = $"web-{id[..12]}",
            GuestId = "other64Guest",
            Files = new VirtualMachineFileInfo { VmPathName = $"[datastore1] {id}/{id}.vmx" },
            NumCPUs = 1,
            MemoryMB = 64,
            ExtraConfig = [.. GuestInfoSet.Of(configuration, SecretKey.Generate()).Select(key => new OptionValue { Key = key.Key, Value = key.Value })],
        };
        var pool = endpoint.Get<ManagedObjectReference>("resourcePool");
        var task = endpoint.GetValue<ManagedObjectReference>("parent") is { IsEmpty: false } folder
            ? await new Folder(client, folder).CreateVMTaskAsync(spec, pool, cancellationToken: Cancellation)
            : await new ResourcePool(client, pool).CreateChildVMTaskAsync(spec, cancellationToken: Cancellation);
        var created = await client.WaitForTaskAsync(task, cancellationToken: Cancellation);
        var machine = new VirtualMachine(client, (ManagedObjectReference)created.Result!);
        await client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync(cancellationToken: Cancellation), cancellationToken: Cancellation);
    }

    private static string PathOf(ModuleLab lab, string path) => Path.Combine(lab.Facts.StateDirectory, "datastores", "datastore1", path);
}

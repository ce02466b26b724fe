using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Inventory;
using Vic.Engine.Logs;
using Vic.Engine.Permissions;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Deployment;

/// <summary>The steps up to power-on. Each pushes how to take it back before it begins.</summary>
internal sealed class EndpointBuild(VimClient client, VchPlan plan, CompensationStack undo, IProgress<StepProgress> progress)
{
    // Another administrator sees it in the error.
    private const string LockReason = "This virtual machine belongs to a virtual container host; remove it with Remove-VCH.";

    private ManagedObjectReference _pool;
    private ManagedObjectReference? _ownFolder;
    private InventoryEntity? _bridge;
    private EndpointHardware? _hardware;
    private VirtualMachine? _machine;
    private DatastoreFolder? _folder;
    private string? _uuid;
    private string _applianceIso = "";
    private string _bootstrapIso = "";

    /// <summary>Makes pool, bridge, folder and the endpoint VM.</summary>
    public async Task<ManagedObjectReference> CreateMachineAsync(CancellationToken cancellationToken)
    {
        var vmFolder = plan.Datacenter.GetReference("vmFolder")!.Value;
        _pool = await CreatePoolAsync(vmFolder, cancellationToken).ConfigureAwait(false);
        _bridge = plan.Bridge.Network ?? await CreateBridgeAsync(cancellationToken).ConfigureAwait(false);
        _ownFolder = client.IsVirtualCenter && !plan.Request.AsVApp ? await CreateFolderAsync(vmFolder, cancellationToken).ConfigureAwait(false) : null;
        var folder = _ownFolder ?? vmFolder;
        progress.Report(new("Creating the endpoint VM"));
        _hardware = new EndpointHardware(plan, _bridge);
        PushImages();
        var parent = plan.Request.AsVApp ? _pool : folder;
        var created = new CreatedMachine(client, plan.Datacenter.Reference, parent, plan.Request.Name);
        var step = undo.Push($"the virtual machine '{plan.Request.Name}' with its folder on '{plan.ImageStore}'", created.RemoveAsync);
        var host = plan.Compute.Host?.Reference;
        var task = await step.RunAsync(plan.Request.AsVApp
            ? new ResourcePool(client, _pool).CreateChildVMTaskAsync(_hardware.Create(), host, cancellationToken)
            : new Folder(client, folder).CreateVMTaskAsync(_hardware.Create(), _pool, host, cancellationToken)).ConfigureAwait(false);
        var machine = await step.RunAsync(AwaitMachineAsync(task, created, cancellationToken)).ConfigureAwait(false);
        _machine = new VirtualMachine(client, machine);
        await LockAsync(cancellationToken).ConfigureAwait(false);
        return _machine.Reference;
    }

    /// <summary>Makes the folders of volume stores.</summary>
    public async Task CreateVolumeFoldersAsync(CancellationToken cancellationToken)
    {
        var folders = new VolumeFolders(client, plan.Datacenter.Reference, undo);
        foreach (var (url, datastore) in plan.VolumeStores.Values)
        {
            if (datastore?.GetReference("browser") is { } browser && url.Path.Trim('/') is { Length: > 0 } path)
            {
                progress.Report(new("Creating the folders of volume stores"));
                await folders.CreateAsync(new DatastoreFolder(datastore.Name, path), browser, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes the DRS group of the VCH's machines, if it was asked for.</summary>
    public async Task CreateVmGroupAsync(CancellationToken cancellationToken)
    {
        if (plan.Request.Compute.UseVmGroup)
        {
            progress.Report(new("Creating the DRS group"));
            var group = new VmGroup(client, plan.Compute.Resource.Reference, plan.Request.Name);
            var step = undo.Push($"the DRS group '{group.Name}'", group.RemoveAsync);
            await step.RunAsync(group.CreateAsync([_machine!.Reference], cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Puts both ISOs into the endpoint VM's folder.</summary>
    public async Task UploadIsosAsync(CancellationToken cancellationToken)
    {
        var machine = await InventoryView.ReadAsync(
            client, _machine!.Reference, ["config.files.vmPathName", "config.uuid"], cancellationToken).ConfigureAwait(false);
        _uuid = machine.Get<string>("config.uuid");
        _folder = MachineRemoval.Home(machine)
            ?? throw new VicException("MachineHasNoFolder", VicErrorKind.Failed, "vSphere does not tell where the files of the endpoint VM are.");
        _applianceIso = await UploadAsync(plan.ApplianceIso.Path, "appliance.iso", cancellationToken).ConfigureAwait(false);
        _bootstrapIso = await UploadAsync(plan.BootstrapIso.Path, "bootstrap.iso", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the endpoint VM its ISO, its console file and its configuration.</summary>
    public async Task ConfigureAsync(CertificateSet? certificates, CancellationToken cancellationToken)
    {
        progress.Report(new("Configuring the endpoint VM"));
        var configuration = EndpointConfiguration.Create(
            plan, _machine!.Reference, _pool, _bridge!, _hardware!, _folder!.Name, _bootstrapIso, certificates);
        var spec = new VirtualMachineConfigSpec
        {
            DeviceChange = EndpointHardware.InFolder(_applianceIso, _folder.File(EndpointHardware.ConsoleName)),
            ExtraConfig = GuestInfoSet.Of(configuration, SecretKey.Generate())
                .Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value }).ToList(),
        };
        await MachineTasks.ReconfigureAsync(client, _machine.Reference, spec, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores the log of this deployment beside the endpoint VM.</summary>
    public Task StoreAsync(OperationLog log) => log.StoreAsync(client, plan.DatacenterPath, _folder!, warns: true);

    /// <summary>Grants the endpoint's account what it needs, if that was asked for and it is no administrator.</summary>
    public async Task GrantAsync(CancellationToken cancellationToken)
    {
        if (!plan.Request.GrantPermission)
        {
            return;
        }

        progress.Report(new("Granting permissions"));
        var account = await AccountPermissions.ReadAsync(client, plan.Credential.UserName, cancellationToken).ConfigureAwait(false);
        if (await account.IsAdministratorAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        foreach (var grant in PlannedGrants.Of(client, plan, _pool, _ownFolder))
        {
            await account.GrantAsync(grant, undo, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Powers the endpoint VM on.</summary>
    public Task PowerOnAsync(CancellationToken cancellationToken)
    {
        progress.Report(new("Powering on the endpoint VM"));
        return new EndpointPower(client, _machine!.Reference, plan.Datacenter.Reference).OnAsync(cancellationToken);
    }

    private async Task<ManagedObjectReference> AwaitMachineAsync(ManagedObjectReference task, CreatedMachine created, CancellationToken cancellationToken)
    {
        try
        {
            return (ManagedObjectReference)(await client.WaitForTaskAsync(task, cancellationToken: cancellationToken).ConfigureAwait(false)).Result!;
        }
        catch (VimFaultException exception) when (exception.Fault is DuplicateName)
        {
            if (await created.FindInAsync(_pool, cancellationToken).ConfigureAwait(false) is { } own)
            {
                return own;
            }

            throw;
        }
    }

    private async Task<ManagedObjectReference> CreatePoolAsync(ManagedObjectReference vmFolder, CancellationToken cancellationToken)
    {
        if (!plan.Compute.HasPools)
        {
            return plan.Compute.ParentPool;
        }

        var name = plan.Request.Name;
        var noun = plan.Request.AsVApp ? "the vApp" : "the resource pool";
        progress.Report(new($"Creating {noun}"));
        var step = undo.Push($"{noun} '{name}'", token => new GroupRemoval(client).RemoveChildAsync(plan.Compute.ParentPool, name, token));
        var parent = new ResourcePool(client, plan.Compute.ParentPool);
        var limits = PoolLimits.Create(plan.Request.Compute);
        return await step.RunAsync(plan.Request.AsVApp
            ? parent.CreateVAppAsync(name, limits, new VAppConfigSpec(), vmFolder, cancellationToken)
            : parent.CreateResourcePoolAsync(name, limits, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<ManagedObjectReference> CreateFolderAsync(ManagedObjectReference vmFolder, CancellationToken cancellationToken)
    {
        progress.Report(new("Creating the folder"));
        var step = undo.Push(
            $"the inventory folder '{plan.Request.Name}'", token => new GroupRemoval(client).RemoveChildAsync(vmFolder, plan.Request.Name, token));
        return await step.RunAsync(new Folder(client, vmFolder).CreateFolderAsync(plan.Request.Name, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<InventoryEntity> CreateBridgeAsync(CancellationToken cancellationToken)
    {
        progress.Report(new("Creating the bridge network"));
        var bridge = new HostBridge(client, plan.Compute.Hosts.Single(), plan.Bridge.Name);
        var ofSwitch = undo.Push($"the virtual switch '{plan.Bridge.Name}'", bridge.RemoveSwitchAsync);
        await ofSwitch.RunAsync(bridge.CreateSwitchAsync(cancellationToken)).ConfigureAwait(false);
        var ofGroup = undo.Push($"the port group '{plan.Bridge.Name}'", bridge.RemovePortGroupAsync);
        await ofGroup.RunAsync(bridge.CreatePortGroupAsync(cancellationToken)).ConfigureAwait(false);
        return await bridge.FindAsync(plan.Datacenter.GetReference("networkFolder")!.Value, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An endpoint that has started may have stored images, in a folder that does not go with it.</summary>
    private void PushImages()
    {
        if (plan.Request.ImageStorePath.Length > 0 && plan.ImageStore.GetReference("browser") is { } browser)
        {
            var store = new DatastoreFolder(plan.ImageStore.Name, plan.Request.ImageStorePath);
            var images = new ImageRemoval(client, plan.Datacenter.Reference, store, browser);
            undo.Push($"the images in '{store}'", token => _uuid is null ? Task.CompletedTask : images.RemoveIfUsedAsync(_uuid, token));
        }
    }

    private async Task LockAsync(CancellationToken cancellationToken)
    {
        // ESXi has no such lock; vCenter keeps others from destroying the machine with the disks that containers share.
        if (!client.IsVirtualCenter || client.Content.AuthorizationManager is not { } authorization)
        {
            return;
        }

        try
        {
            await new AuthorizationManager(client, authorization).DisableMethodsAsync(
                [_machine!.Reference],
                [new DisabledMethodRequest { Method = MachineRemoval.LockedMethod, ReasonId = LockReason }],
                MachineRemoval.LockOwner,
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (Faults.IsUnknownMethod(exception))
        {
            // The lock protects against mistakes; a server without it still runs the VCH.
        }
    }

    private async Task<string> UploadAsync(string localPath, string name, CancellationToken cancellationToken)
    {
        var step = $"Uploading {name}";
        progress.Report(new(step, 0));
        var file = $"{ProductVersion.Current}-{name}";
        using var content = new FileStream(localPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var upload = new UploadProgress(progress, step, content.Length);
        var files = new DatastoreFiles(client, plan.DatacenterPath, _folder!.Datastore);
        var path = $"{_folder.Name}/{file}";
        await files.UploadAsync(path, content, content.Length, upload, cancellationToken).ConfigureAwait(false);
        var stored = await files.GetSizeAsync(path, cancellationToken).ConfigureAwait(false);
        if (stored != content.Length)
        {
            throw new VicException(
                "UploadIncomplete", VicErrorKind.Failed, $"'{_folder.File(file)}' has {stored ?? 0} bytes after its upload, where '{localPath}' has {content.Length}.")
            {
                RecommendedAction = "Look at the free space of the datastore and at what lies between here and vSphere, then try again.",
            };
        }

        return _folder.File(file);
    }
}

using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>A vApp.</summary>
internal sealed class VirtualAppEntity : ResourcePoolEntity
{
    public VirtualAppEntity(
        ManagedObjectReference reference,
        string name,
        ManagedObjectReference parent,
        ManagedObjectReference owner,
        ResourceConfigSpec config,
        ManagedObjectReference? folder)
        : base(reference, name, parent, owner, config)
    {
        Write("parentFolder", folder);
        Write("parentVApp", null);
        Write("datastore", new List<ManagedObjectReference>());
        Write("network", new List<ManagedObjectReference>());
        Write("childLink", null);
        VAppConfig = new VAppConfigInfo
        {
            InstallBootRequired = false,
            InstallBootStopDelay = 0,
            Annotation = string.Empty,
            InstanceUuid = Guid.NewGuid().ToString("D"),
            IpAssignment = new VAppIPAssignmentInfo(),
        };
    }

    public VirtualAppVAppState State { get; private set; } = VirtualAppVAppState.Stopped;

    /// <summary>Product, properties and the order of the children; a new object for each change.</summary>
    public VAppConfigInfo VAppConfig
    {
        get => Read<VAppConfigInfo>("vAppConfig")!;
        set
        {
            Write("vAppConfig", value);
            WriteSummary();
        }
    }

    /// <summary>Whether the vApp was stopped by suspending its machines.</summary>
    public bool IsSuspended { get; private set; }

    public void ChangeState(VirtualAppVAppState state, bool suspended = false)
    {
        State = state;
        IsSuspended = suspended;
        WriteSummary();
    }

    protected override ResourcePoolSummary MakeSummary() => Fill(new VirtualAppSummary
    {
        VAppState = State == VirtualAppVAppState.Unknown ? VirtualAppVAppState.Stopped : State,
        Suspended = IsSuspended,
        Product = Read<VAppConfigInfo>("vAppConfig")?.Product?.FirstOrDefault(),
        InstallBootRequired = Read<VAppConfigInfo>("vAppConfig")?.InstallBootRequired,
        InstanceUuid = Read<VAppConfigInfo>("vAppConfig")?.InstanceUuid,
    });
}

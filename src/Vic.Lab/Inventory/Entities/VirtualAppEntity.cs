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
        Write("vAppConfig", new VAppConfigInfo
        {
            InstallBootRequired = false,
            InstallBootStopDelay = 0,
            Annotation = string.Empty,
            InstanceUuid = Guid.NewGuid().ToString("D"),
            IpAssignment = new VAppIPAssignmentInfo(),
        });
    }

    public VirtualAppVAppState State { get; private set; } = VirtualAppVAppState.Stopped;

    public void ChangeState(VirtualAppVAppState state)
    {
        State = state;
        WriteSummary();
    }

    protected override ResourcePoolSummary MakeSummary() => new VirtualAppSummary
    {
        Name = Name,
        Config = Config,
        Runtime = Read<ResourcePoolRuntimeInfo>("runtime")!,
        VAppState = State == VirtualAppVAppState.Unknown ? VirtualAppVAppState.Stopped : State,
    };
}

using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>
/// Which privileges each method demands: the API reference's "Required Privileges" of the methods and of their parameters. A method that is missing
/// here is for unrestricted users only.
/// </summary>
internal sealed class MethodPrivileges
{
    private readonly Dictionary<Type, IMethodRule> rules = [];

    public MethodPrivileges(LabWorld world)
    {
        AddService();
        AddAdministration(world);
        AddInventory(world);
        AddPools(world);
        AddVirtualMachines(world);
        AddStorage(world);
        AddHosts();
        AddNetworks();
    }

    /// <summary>What a call demands; null when the method is not in the table.</summary>
    public IEnumerable<PrivilegeDemand>? Of(VimRequest request) => rules.GetValueOrDefault(request.GetType())?.Demands(request);

    private MethodRule<TRequest> For<TRequest>()
        where TRequest : VimRequest
    {
        var rule = new MethodRule<TRequest>();
        rules.Add(typeof(TRequest), rule);
        return rule;
    }

    /// <summary>What every client needs to find its way. Views, filters and history collectors belong to the session that made them.</summary>
    private void AddService()
    {
        For<RetrieveServiceContentRequest>();
        For<CurrentTimeRequest>();
        For<LoginRequest>();
        For<LoginByTokenRequest>();
        For<CloneSessionRequest>();
        For<LogoutRequest>();
        For<AcquireCloneTicketRequest>();
        For<AcquireGenericServiceTicketRequest>();
        For<SessionIsActiveRequest>().Target("Sessions.ValidateSession");
        For<TerminateSessionRequest>().Target("Sessions.TerminateSession");
        For<CreateFilterRequest>();
        For<DestroyPropertyFilterRequest>();
        For<RetrievePropertiesRequest>();
        For<RetrievePropertiesExRequest>();
        For<ContinueRetrievePropertiesExRequest>();
        For<CancelRetrievePropertiesExRequest>();
        For<CheckForUpdatesRequest>();
        For<WaitForUpdatesRequest>();
        For<WaitForUpdatesExRequest>();
        For<CancelWaitForUpdatesRequest>();
        For<CreatePropertyCollectorRequest>();
        For<DestroyPropertyCollectorRequest>();
        For<CreateContainerViewRequest>().On(request => request.Container, Privileges.View);
        For<CreateListViewRequest>().OnEach(request => request.Obj, Privileges.View);
        For<ModifyListViewRequest>().OnEach(request => request.Add, Privileges.View);
        For<ResetListViewRequest>().OnEach(request => request.Obj, Privileges.View);
        For<DestroyViewRequest>();
        For<FindByUuidRequest>().Target(Privileges.View);
        For<FindAllByUuidRequest>().Target(Privileges.View);
        For<FindByDatastorePathRequest>().Target(Privileges.View);
        For<FindByDnsNameRequest>().Target(Privileges.View);
        For<FindByIpRequest>().Target(Privileges.View);
        For<FindByInventoryPathRequest>().Target(Privileges.View);
        For<FindChildRequest>().On(request => request.Entity, Privileges.View);
        For<ReadNextEventsRequest>();
        For<ReadPreviousEventsRequest>();
        For<ReadNextTasksRequest>();
        For<ReadPreviousTasksRequest>();
        For<SetCollectorPageSizeRequest>();
        For<RewindCollectorRequest>();
        For<ResetCollectorRequest>();
        For<DestroyCollectorRequest>();
    }

    private void AddAdministration(LabWorld world)
    {
        For<AddAuthorizationRoleRequest>().Target("Authorization.ModifyRoles");
        For<RemoveAuthorizationRoleRequest>().Target("Authorization.ModifyRoles");
        For<UpdateAuthorizationRoleRequest>().Target("Authorization.ModifyRoles");
        For<RetrieveEntityPermissionsRequest>().On(request => request.Entity, Privileges.Read);
        For<RetrieveAllPermissionsRequest>().Target(Privileges.View);
        For<SetEntityPermissionsRequest>().On(request => request.Entity, "Authorization.ModifyPermissions");
        For<RemoveEntityPermissionRequest>().On(request => request.Entity, "Authorization.ModifyPermissions");
        For<HasPrivilegeOnEntitiesRequest>().OnEach(request => request.Entity, Privileges.Read);
        For<FetchUserPrivilegeOnEntitiesRequest>().OnEach(request => request.Entities, Privileges.View);
        For<DisableMethodsRequest>().Target("Global.DisableMethods");
        For<EnableMethodsRequest>().Target("Global.EnableMethods");
        For<QueryDisabledMethodsRequest>().On(request => request.Entity, Privileges.Read);
        For<RetrieveUserGroupsRequest>().Target(Privileges.View);
        For<QueryOptionsRequest>().Target(Privileges.View);
        For<UpdateOptionsRequest>().With(request => EntityPrivileges.Options(world, request.This));
        For<DecodeLicenseRequest>().Target("Global.Licenses");
        For<UpdateAssignedLicenseRequest>().Target("Global.Licenses");
        For<QueryAssignedLicensesRequest>().Target(Privileges.View);
        For<FindExtensionRequest>().Target(Privileges.View);
        For<RegisterExtensionRequest>().Target("Extension.Register");
        For<UpdateExtensionRequest>().Target("Extension.Update");
        For<UnregisterExtensionRequest>().Target("Extension.Unregister");
        For<AddCustomFieldDefRequest>().Target("Global.ManageCustomFields");
        For<SetFieldRequest>().On(request => request.Entity, "Global.SetCustomField");
        For<SetCustomValueRequest>().Target("Global.SetCustomField");
        For<QueryDescriptionsRequest>().Target("Global.Diagnostics");
        For<BrowseDiagnosticLogRequest>().Target("Global.Diagnostics");
        For<QueryPerfProviderSummaryRequest>().On(request => request.Entity, Privileges.Read);
        For<QueryAvailablePerfMetricRequest>().On(request => request.Entity, Privileges.Read);
        For<QueryPerfCounterRequest>().Target(Privileges.View);
        For<QueryPerfRequest>().OnEach(request => request.QuerySpec.Select(spec => spec.Entity), Privileges.Read);
        For<CreateCollectorForEventsRequest>().Target(Privileges.View).On(request => request.Filter.Entity?.Entity, Privileges.Read);
        For<QueryEventsRequest>().Target(Privileges.View).On(request => request.Filter.Entity?.Entity, Privileges.Read);
        For<PostEventRequest>().Target("Global.LogEvent");
        For<CreateCollectorForTasksRequest>().Target(Privileges.View).On(request => request.Filter.Entity?.Entity, Privileges.Read);
        For<CreateTaskRequest>().On(request => request.Obj, "Task.Create");
        For<UpdateProgressRequest>().Target("Task.Update");
        For<SetTaskStateRequest>().Target("Task.Update");
        For<SetTaskDescriptionRequest>().Target("Task.Update");

        // Whoever started a task may cancel it; the operation checks who asks.
        For<CancelTaskRequest>();
    }

    private void AddInventory(LabWorld world)
    {
        For<CreateFolderRequest>().Target("Folder.Create");
        For<CreateDatacenterRequest>().Target("Datacenter.Create");
        For<CreateStoragePodRequest>().Target("Folder.Create");
        For<CreateClusterExRequest>().Target("Host.Inventory.CreateCluster");
        For<AddHostTaskRequest>().Target("Host.Inventory.AddHostToCluster").On(request => request.ResourcePool, "Resource.AssignVMToPool");
        For<ReconfigureComputeResourceTaskRequest>().Target("Host.Inventory.EditCluster");
        For<MoveIntoFolderTaskRequest>().With(request => EntityPrivileges.Move(world, request.This, request.List));
        For<ReloadRequest>().Target(Privileges.Read);
        For<RenameTaskRequest>().With(request => EntityPrivileges.Rename(request.This));
        For<DestroyTaskRequest>().With(request => EntityPrivileges.Destroy(world, request.This));
    }

    private void AddPools(LabWorld world)
    {
        For<CreateResourcePoolRequest>().Target("Resource.CreatePool");
        For<UpdateConfigRequest>().Target("Resource.EditPool");
        For<DestroyChildrenRequest>().Target("Resource.DeletePool");
        For<MoveIntoResourcePoolRequest>().With(request => EntityPrivileges.MoveIntoPool(request.This, request.List));
        For<CreateVAppRequest>().Target("VApp.Create").On(request => request.VmFolder, "VApp.Create");
        For<UpdateVAppConfigRequest>().Target("VApp.ApplicationConfig");
        For<PowerOnVAppTaskRequest>().Target("VApp.PowerOn");
        For<PowerOffVAppTaskRequest>().Target("VApp.PowerOff");
        For<SuspendVAppTaskRequest>().Target("VApp.Suspend");
        For<CreateChildVMTaskRequest>()
            .Target("VirtualMachine.Inventory.Create")
            .Target("Resource.AssignVMToPool")
            .With(request => ConfigurationPrivileges.ToCreate(world, request.This, request.Config));
        For<RegisterChildVMTaskRequest>().Target("VirtualMachine.Inventory.Register").Target("Resource.AssignVMToPool");
    }

    private void AddVirtualMachines(LabWorld world)
    {
        For<CreateVMTaskRequest>()
            .Target("VirtualMachine.Inventory.Create")
            .On(request => request.Pool, "Resource.AssignVMToPool")
            .With(request => ConfigurationPrivileges.ToCreate(world, request.This, request.Config));
        For<RegisterVMTaskRequest>().Target("VirtualMachine.Inventory.Register").On(request => request.Pool, "Resource.AssignVMToPool");
        For<ReconfigVMTaskRequest>().With(request => ConfigurationPrivileges.ToChange(world, request.This, request.Spec));
        For<PowerOnVMTaskRequest>().Target("VirtualMachine.Interact.PowerOn");
        For<PowerOnMultiVMTaskRequest>().OnEach(request => request.Vm, "VirtualMachine.Interact.PowerOn");
        For<PowerOffVMTaskRequest>().Target("VirtualMachine.Interact.PowerOff");
        For<ResetVMTaskRequest>().Target("VirtualMachine.Interact.Reset");
        For<SuspendVMTaskRequest>().Target("VirtualMachine.Interact.Suspend");
        For<ShutdownGuestRequest>().Target("VirtualMachine.Interact.PowerOff");
        For<RebootGuestRequest>().Target("VirtualMachine.Interact.Reset");
        For<StandbyGuestRequest>().Target("VirtualMachine.Interact.Suspend");
        For<AnswerVMRequest>().Target("VirtualMachine.Interact.AnswerQuestion");
        For<AcquireMksTicketRequest>().Target("VirtualMachine.Interact.ConsoleInteract");
        For<AcquireTicketRequest>().Target("VirtualMachine.Interact.ConsoleInteract");
        For<RefreshStorageInfoRequest>().Target(Privileges.Read);
        For<UnregisterVMRequest>().Target("VirtualMachine.Inventory.Unregister");
        For<MarkAsTemplateRequest>().Target("VirtualMachine.Provisioning.MarkAsTemplate");
        For<UpgradeVMTaskRequest>().Target("VirtualMachine.Config.UpgradeVirtualHardware");
        For<MigrateVMTaskRequest>()
            .With(request => EntityPrivileges.Migrate(world, request.This))
            .On(request => request.Pool, "Resource.AssignVMToPool");
        For<RelocateVMTaskRequest>()
            .With(request => EntityPrivileges.Migrate(world, request.This))
            .With(request => EntityPrivileges.Location(request.Spec));
        For<CloneVMTaskRequest>()
            .Target("VirtualMachine.Provisioning.Clone")
            .On(request => request.Folder, "VirtualMachine.Inventory.CreateFromExisting")
            .With(request => EntityPrivileges.Location(request.Spec.Location));
        For<InstantCloneTaskRequest>()
            .Target("VirtualMachine.Provisioning.Clone")
            .On(request => request.Spec.Location.Folder, "VirtualMachine.Inventory.CreateFromExisting")
            .With(request => EntityPrivileges.Location(request.Spec.Location));
        For<CreateSnapshotTaskRequest>().Target("VirtualMachine.State.CreateSnapshot");
        For<RemoveAllSnapshotsTaskRequest>().Target("VirtualMachine.State.RemoveSnapshot");
        For<ConsolidateVMDisksTaskRequest>().Target("VirtualMachine.State.RemoveSnapshot");
        For<RevertToCurrentSnapshotTaskRequest>().Target("VirtualMachine.State.RevertToSnapshot");
        For<RevertToSnapshotTaskRequest>().Target("VirtualMachine.State.RevertToSnapshot");
        For<RemoveSnapshotTaskRequest>().Target("VirtualMachine.State.RemoveSnapshot");
        For<RenameSnapshotRequest>().Target("VirtualMachine.State.RenameSnapshot");
        For<ValidateCredentialsInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Query");
        For<StartProgramInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Execute");
        For<ListProcessesInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Query");
        For<TerminateProcessInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Execute");
        For<ReadEnvironmentVariableInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Query");
        For<MakeDirectoryInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Modify");
        For<DeleteFileInGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Modify");
        For<InitiateFileTransferToGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Modify");
        For<InitiateFileTransferFromGuestRequest>().On(request => request.Vm, "VirtualMachine.GuestOperations.Query");
        For<CreateDescriptorRequest>().On(request => request.Obj, "VApp.Export");
    }

    private void AddStorage(LabWorld world)
    {
        const string LowLevel = "Datastore.FileManagement";
        For<RefreshDatastoreRequest>().Target(Privileges.Read);
        For<RefreshDatastoreStorageInfoRequest>().Target(Privileges.Read);
        For<RenameDatastoreRequest>().Target("Datastore.Rename");
        For<DestroyDatastoreRequest>().Target("Datastore.Delete");
        For<SearchDatastoreTaskRequest>().With(request => StoragePrivileges.On(world, "Datastore.Browse", request.DatastorePath));
        For<SearchDatastoreSubFoldersTaskRequest>().With(request => StoragePrivileges.On(world, "Datastore.Browse", request.DatastorePath));
        For<MakeDirectoryRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<DeleteDatastoreFileTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<MoveDatastoreFileTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.SourceName, request.DestinationName));
        For<CopyDatastoreFileTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.SourceName, request.DestinationName));
        For<CreateDirectoryRequest>().On(request => request.Datastore, "Datastore.Config");
        For<DeleteDirectoryRequest>().With(request => StoragePrivileges.On(world, "Datastore.Config", request.DatastorePath));
        For<ConvertNamespacePathToUuidPathRequest>().Target(Privileges.View);
        For<CreateVirtualDiskTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<DeleteVirtualDiskTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<ExtendVirtualDiskTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<MoveVirtualDiskTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.SourceName, request.DestName));
        For<CopyVirtualDiskTaskRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.SourceName, request.DestName));
        For<QueryVirtualDiskUuidRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<QueryVirtualDiskGeometryRequest>().With(request => StoragePrivileges.On(world, LowLevel, request.Name));
        For<RecommendDatastoresRequest>().Target(Privileges.View);
    }

    private void AddHosts()
    {
        const string Network = "Host.Config.Network";
        const string Service = "Host.Config.NetService";
        const string Storage = "Host.Config.Storage";
        For<AddVirtualSwitchRequest>().Target(Network);
        For<RemoveVirtualSwitchRequest>().Target(Network);
        For<UpdateVirtualSwitchRequest>().Target(Network);
        For<AddPortGroupRequest>().Target(Network);
        For<RemovePortGroupRequest>().Target(Network);
        For<UpdatePortGroupRequest>().Target(Network);
        For<RefreshNetworkSystemRequest>().Target(Network);
        For<QueryNetworkHintRequest>().Target(Privileges.Read);
        For<EnableRulesetRequest>().Target(Service);
        For<DisableRulesetRequest>().Target(Service);
        For<UpdateRulesetRequest>().Target(Service);
        For<RefreshFirewallRequest>().Target(Service);
        For<StartServiceRequest>().Target(Service);
        For<StopServiceRequest>().Target(Service);
        For<RefreshStorageSystemRequest>().Target(Storage);
        For<CreateNasDatastoreRequest>().Target(Storage);
        For<RemoveDatastoreRequest>().Target(Storage);
        For<EnterMaintenanceModeTaskRequest>().Target("Host.Config.Maintenance");
        For<ExitMaintenanceModeTaskRequest>().Target("Host.Config.Maintenance");
        For<DisconnectHostTaskRequest>().Target("Host.Config.Connection");
        For<ReconnectHostTaskRequest>().Target("Host.Config.Connection");
        For<QueryHostConnectionInfoRequest>().Target(Privileges.Read);
        For<RetrieveManagedMethodExecuterRequest>().Target(Privileges.Read);
        For<RetrieveDynamicTypeManagerRequest>().Target(Privileges.Read);
        For<ExecuteSoapRequest>().Target(Privileges.Read);
    }

    private void AddNetworks()
    {
        For<DestroyNetworkRequest>().Target("Network.Delete");
        For<CreateDVSTaskRequest>().Target("DVSwitch.Create");
        For<ReconfigureDvsTaskRequest>().Target("DVSwitch.Modify");
        For<FetchDVPortsRequest>().Target(Privileges.Read);
        For<AddDVPortgroupTaskRequest>().Target("DVPortgroup.Create");
        For<CreateDVPortgroupTaskRequest>().Target("DVPortgroup.Create");
        For<ReconfigureDVPortgroupTaskRequest>().With(request => EntityPrivileges.PortGroup(request.This, request.Spec));
    }
}

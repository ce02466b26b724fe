using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab;

/// <summary>The faults that the lab's operations throw, with a message for people.</summary>
internal static class Faults
{
    public static VimFaultException NotAuthenticated(ManagedObjectReference target)
        => New(new NotAuthenticated { Object = target, PrivilegeId = "System.View" }, "The session is not authenticated.");

    public static VimFaultException NoPermission(ManagedObjectReference target, string privilege)
        => New(
            new NoPermission { Object = target, PrivilegeId = privilege },
            $"Permission to perform this operation was denied. It needs the privilege {privilege} on {target.Type}:{target.Value}.");

    public static VimFaultException UserNotFound(string principal)
        => New(new UserNotFound { Principal = principal, Unresolved = false }, $"The user or group named '{principal}' does not exist.");

    public static VimFaultException InvalidLogin()
        => New(new InvalidLogin(), "Cannot complete login due to an incorrect user name or password.");

    public static VimFaultException NotSupported(string method)
        => New(new NotSupported(), $"The operation {method} is not supported on the object.");

    public static VimFaultException ManagedObjectNotFound(ManagedObjectReference reference)
        => New(
            new ManagedObjectNotFound { Obj = reference },
            $"The object '{reference.Type}:{reference.Value}' has already been deleted or has not been completely created.");

    public static VimFaultException InvalidArgument(string property, string message)
        => New(new InvalidArgument { InvalidProperty = property }, $"A specified parameter was not correct: {property}. {message}");

    public static VimFaultException InvalidProperty(string path)
        => New(new InvalidProperty { Name = path }, $"The property '{path}' does not exist.");

    public static VimFaultException InvalidCollectorVersion()
        => New(new InvalidCollectorVersion(), "The version is not one that this property collector gave out last.");

    public static VimFaultException RequestCanceled() => New(new RequestCanceled(), "The task was canceled by a user.");

    public static VimFaultException LimitExceeded(string property, int limit)
        => New(
            new LimitExceeded { Property = property, Limit = limit },
            string.Create(CultureInfo.InvariantCulture, $"The limit of {limit} for {property} is exceeded."));

    public static VimFaultException DuplicateName(string name, ManagedObjectReference existing)
        => New(new DuplicateName { Name = name, Object = existing }, $"The name '{name}' already exists.");

    public static VimFaultException AlreadyExists(string name)
        => New(new AlreadyExists { Name = name }, $"The specified key, name, or identifier '{name}' already exists.");

    public static VimFaultException InvalidName(string name)
        => New(new InvalidName { Name = name }, $"The name '{name}' is invalid.");

    public static VimFaultException NotFound(string what) => New(new NotFound(), $"{what} was not found.");

    public static VimFaultException InvalidPowerState(VirtualMachinePowerState requested, VirtualMachinePowerState existing)
        => New(
            new InvalidPowerState { RequestedState = requested, ExistingState = existing },
            $"The attempted operation cannot be performed in the current state ({existing}).");

    public static VimFaultException InvalidState(string message) => New(new InvalidState(), message);

    public static VimFaultException ConcurrentAccess()
        => New(new ConcurrentAccess(), "The configuration was changed by someone else since it was read: the changeVersion differs.");

    public static VimFaultException FileNotFound(DatastorePath path)
        => New(new Vim25.FileNotFound { File = path.ToString() }, $"File {path} was not found.");

    public static VimFaultException FileAlreadyExists(DatastorePath path)
        => New(new FileAlreadyExists { File = path.ToString() }, $"Cannot complete the operation because the file or folder {path} already exists.");

    public static VimFaultException CannotDeleteFile(DatastorePath path)
        => New(new CannotDeleteFile { File = path.ToString() }, $"Cannot delete file {path}.");

    public static VimFaultException FileLocked(DatastorePath path)
        => New(new FileLocked { File = path.ToString() }, $"Unable to access file {path} since it is locked.");

    public static VimFaultException FileFault(DatastorePath path, string message) => New(new FileFault { File = path.ToString() }, message);

    public static VimFaultException NoDiskSpace(string datastore, string file)
        => New(new NoDiskSpace { Datastore = datastore, File = file }, $"Insufficient disk space on datastore '{datastore}'.");

    public static VimFaultException InvalidDatastorePath(string path)
        => New(new InvalidDatastorePath { DatastorePath = path }, $"Invalid datastore path '{path}'.");

    public static VimFaultException InvalidDatastore(string name)
        => New(new InvalidDatastore { Name = name }, $"Invalid datastore '{name}'.");

    /// <param name="index">Which of the device changes is meant.</param>
    /// <param name="part">The part of the device that is wrong, such as <c>unitNumber</c>; empty for the device as a whole.</param>
    /// <param name="message">Why.</param>
    public static VimFaultException InvalidDeviceSpec(int index, string part, string message)
        => New(new InvalidDeviceSpec { DeviceIndex = index, Property = DeviceProperty(part) }, $"Invalid configuration for device '{index.ToString(CultureInfo.InvariantCulture)}'. {message}");

    public static VimFaultException InvalidDeviceBacking(int index, string message)
        => New(
            new InvalidDeviceBacking { DeviceIndex = index, Property = DeviceProperty("backing") },
            $"Incompatible device backing specified for device '{index.ToString(CultureInfo.InvariantCulture)}'. {message}");

    public static VimFaultException MissingController(int index)
        => New(
            new MissingController { DeviceIndex = index, Property = DeviceProperty("controllerKey") },
            $"The device '{index.ToString(CultureInfo.InvariantCulture)}' is referring to a nonexisting controller.");

    public static VimFaultException InvalidController(int index, int controller)
        => New(
            new InvalidController { DeviceIndex = index, ControllerKey = controller, Property = DeviceProperty("controllerKey") },
            $"The device '{index.ToString(CultureInfo.InvariantCulture)}' cannot be on the controller {controller.ToString(CultureInfo.InvariantCulture)}.");

    public static VimFaultException GenericVmConfig(string reason)
        => New(new GenericVmConfigFault { Reason = reason }, reason);

    public static VimFaultException MethodDisabled(string method, string? source)
        => New(new MethodDisabled { Source = source }, $"The method {method} is disabled by '{source}'.");

    public static VimFaultException NoFreePort(string group)
        => New(
            new ResourceNotAvailable { ContainerType = "DistributedVirtualPortgroup", ContainerName = group, Type = "DistributedVirtualPort" },
            $"No free port is available in the port group '{group}'.");

    public static VimFaultException ResourceInUse(string type, string name)
        => New(new ResourceInUse { Type = type, Name = name }, $"The resource '{name}' is in use.");

    public static VimFaultException InsufficientCpu(long unreserved, long requested)
        => New(
            new InsufficientCpuResourcesFault { Unreserved = unreserved, Requested = requested },
            string.Create(CultureInfo.InvariantCulture, $"The available CPU resources ({unreserved} MHz) do not satisfy the request ({requested} MHz)."));

    public static VimFaultException InsufficientMemory(long unreserved, long requested)
        => New(
            new InsufficientMemoryResourcesFault { Unreserved = unreserved << 20, Requested = requested << 20 },
            string.Create(CultureInfo.InvariantCulture, $"The available memory ({unreserved} MB) does not satisfy the request ({requested} MB)."));

    public static VimFaultException HostConfig(string message) => New(new PlatformConfigFault { Text = message }, message);

    public static VimFaultException SystemError(string reason)
        => New(new SystemError { Reason = reason }, $"A general system error occurred: {reason}");

    private static string DeviceProperty(string part) => part.Length == 0 ? "virtualDeviceSpec.device" : "virtualDeviceSpec.device." + part;

    public static VimFaultException New(MethodFault fault, string message) => new(fault, message);
}

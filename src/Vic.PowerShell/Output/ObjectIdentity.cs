using Vic.PowerShell.Sessions;
using Vic.Vim25;

namespace Vic.PowerShell.Output;

/// <summary>Ids and Uids of objects in the form that PowerCLI's users know.</summary>
internal static class ObjectIdentity
{
    /// <summary>A managed object's id, such as <c>VirtualMachine-vm-42</c>.</summary>
    public static string IdOf(ManagedObjectReference reference) => $"{reference.Type}-{reference.Value}";

    /// <summary>An object's Uid: <c>/VIServer=user@host:443/VirtualMachine=VirtualMachine-vm-42/</c>.</summary>
    public static string UidOf(VicServer server, string kind, string id) => $"/VIServer={server.User}@{server.Name}:{server.Port}/{kind}={id}/";

    /// <summary>The Uid of something that belongs to a virtual machine.</summary>
    public static string UidOf(VicServer server, ManagedObjectReference machine, string kind, string id) =>
        $"{UidOf(server, "VirtualMachine", IdOf(machine))}{kind}={id}/";
}

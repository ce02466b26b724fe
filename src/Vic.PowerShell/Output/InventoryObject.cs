using Vic.PowerShell.Sessions;
using Vic.Vim25;

namespace Vic.PowerShell.Output;

/// <summary>An object of a server's inventory, with the members by which scripts join it to PowerCLI's objects.</summary>
public abstract class InventoryObject
{
    private readonly ManagedObjectReference _reference;

    private protected InventoryObject(ManagedObjectReference reference, VicServer server)
    {
        _reference = reference;
        Server = server;
    }

    /// <summary>The id in PowerCLI's form, for example <c>VirtualMachine-vm-42</c>: what <c>Get-VM -Id</c> takes.</summary>
    public string Id => ObjectIdentity.IdOf(_reference);

    /// <summary>The id with its server and user, as PowerCLI writes it.</summary>
    public string Uid => ObjectIdentity.UidOf(Server, _reference.Type, Id);

    /// <summary>Shows the managed object reference where scripts look for it: <c>ExtensionData.MoRef</c>.</summary>
    public ManagedObjectView ExtensionData => new(_reference, Server);

    /// <summary>The server that it is on.</summary>
    public VicServer Server { get; }
}

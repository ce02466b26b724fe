using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>A machine to come: its name and its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The .vmx file, a directory, or a datastore alone; null for the first datastore.</param>
/// <param name="Folder">Its folder; null in a vApp.</param>
/// <param name="Pool">Its resource pool.</param>
/// <param name="Host">Its host; null for any of the pool's.</param>
/// <param name="UserName">Who asks for it.</param>
internal sealed record NewMachine(
    string Name, string? Path, FolderEntity? Folder, ResourcePoolEntity Pool, ManagedObjectReference? Host, string UserName);

using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>A permission on an entity.</summary>
/// <param name="Principal">The user or group, as it was written.</param>
/// <param name="Key">The principal in the form in which names are compared.</param>
/// <param name="IsGroup">Whether it is a group.</param>
/// <param name="RoleId">The role that it has.</param>
/// <param name="Propagates">Whether what is below the entity inherits it.</param>
internal sealed record PermissionEntry(string Principal, string Key, bool IsGroup, int RoleId, bool Propagates)
{
    public Permission ToDataObject(ManagedObjectReference entity) => new()
    {
        Entity = entity,
        Principal = Principal,
        Group = IsGroup,
        RoleId = RoleId,
        Propagate = Propagates,
    };
}

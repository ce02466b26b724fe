using Vic.Vim25;

namespace Vic.Engine.Permissions;

/// <summary>A role that an endpoint's account gets on an object.</summary>
public sealed class PermissionGrant
{
    /// <param name="role">What may be done there.</param>
    /// <param name="entityName">Where, for people.</param>
    /// <param name="entity">Where; null while the object is not made yet.</param>
    /// <param name="propagates">Whether the role holds for what is below it as well.</param>
    internal PermissionGrant(OperationsRole role, string entityName, ManagedObjectReference? entity, bool propagates)
    {
        OfRole = role;
        EntityName = entityName;
        Entity = entity;
        Propagates = propagates;
    }

    /// <summary>The name of the role.</summary>
    public string Role => OfRole.Name;

    /// <summary>The name of the object.</summary>
    public string EntityName { get; }

    /// <summary>Whether the role holds for what is below the object as well.</summary>
    public bool Propagates { get; }

    internal OperationsRole OfRole { get; }

    internal ManagedObjectReference? Entity { get; }

    /// <inheritdoc/>
    public override string ToString() => $"'{Role}' on {EntityName}";
}

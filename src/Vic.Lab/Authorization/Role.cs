using System.Collections.Frozen;
using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>A role: privileges under a name.</summary>
internal sealed class Role
{
    private readonly FrozenSet<string> privileges;

    public Role(int id, string name, bool isSystem, Description info, IEnumerable<string> privileges)
    {
        this.privileges = privileges.ToFrozenSet(StringComparer.Ordinal);
        Id = id;
        Name = name;
        IsSystem = isSystem;
        Info = info;
        Grant = new Grant([this]);
    }

    public int Id { get; }

    public string Name { get; }

    public bool IsSystem { get; }

    public Description Info { get; }

    /// <summary>What a permission with only this role grants.</summary>
    public Grant Grant { get; }

    /// <summary>The privileges in ordinal order.</summary>
    public IEnumerable<string> Privileges => privileges.Order(StringComparer.Ordinal);

    public bool Has(string privilege) => privileges.Contains(privilege);

    public AuthorizationRole ToDataObject() => new()
    {
        RoleId = Id,
        System = IsSystem,
        Name = Name,
        Info = Info,
        Privilege = [.. Privileges],
    };
}

namespace Vic.Lab.Authorization;

/// <summary>What a user may do with an object: the privileges of some roles together.</summary>
internal sealed class Grant(Role[] roles)
{
    public static Grant None { get; } = new([]);

    public IReadOnlyList<Role> Roles => roles;

    public bool Has(string privilege)
    {
        foreach (var role in roles)
        {
            if (role.Has(privilege))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every privilege, in ordinal order.</summary>
    public IEnumerable<string> Privileges => roles.SelectMany(role => role.Privileges).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public Grant Union(Grant other)
        => ReferenceEquals(this, other) || other.Roles.Count == 0
            ? this
            : roles.Length == 0 ? other : new Grant([.. roles.Union(other.Roles)]);
}

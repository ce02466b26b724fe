using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>The roles: those that vSphere comes with, and those that users add. Used under the store's lock.</summary>
internal sealed class RoleTable
{
    /// <summary>The id of the role that may do everything.</summary>
    public const int Admin = -1;

    /// <summary>The role of whoever may see that an object is there, because something below it is theirs.</summary>
    public const int View = -3;

    /// <summary>The role of callers without a session.</summary>
    public const int Anonymous = -4;

    private const int Limit = 1000;
    private const int FirstOwnId = 10;

    /// <summary>Every role that a user defines has these.</summary>
    private static readonly string[] Basic = [Privileges.Anonymous, Privileges.Read, Privileges.View];

    private readonly SortedDictionary<int, Role> roles = [];
    private int lastId = FirstOwnId;

    public RoleTable()
    {
        AddSystem(Admin, "Admin", "Administrator", "Full access rights", Privileges.All);
        AddSystem(-2, "ReadOnly", "Read-only", "See details of objects, but not make changes", Basic);
        AddSystem(View, "View", "View", "Visibility access (cannot be granted)", [Privileges.Anonymous, Privileges.View]);
        AddSystem(Anonymous, "Anonymous", "Anonymous", "Not logged-in user (cannot be granted)", [Privileges.Anonymous]);
        AddSystem(-5, "NoAccess", "No access", "Used for restricting granted access", []);
    }

    public IEnumerable<Role> All => roles.Values;

    /// <exception cref="VimFaultException">There is no such role.</exception>
    public Role Get(int id) => roles.GetValueOrDefault(id) ?? throw Faults.NotFound($"The role {id}");

    public Role? Find(int id) => roles.GetValueOrDefault(id);

    public Role Add(string name, IEnumerable<string>? privileges)
    {
        if (roles.Count >= Limit)
        {
            throw Faults.LimitExceeded("role", Limit);
        }

        return Put(++lastId, name, privileges);
    }

    /// <summary>Replaces a role's name and privileges; privileges that are left out stay.</summary>
    public Role Update(int id, string name, IReadOnlyCollection<string>? privileges)
    {
        var old = Own(id);
        return Put(id, name, privileges ?? [.. old.Privileges]);
    }

    public void Remove(int id) => roles.Remove(Own(id).Id);

    private Role Put(int id, string name, IEnumerable<string>? privileges)
    {
        var asked = privileges?.ToList() ?? [];
        if (asked.Find(privilege => !Privileges.Exists(privilege)) is { } unknown)
        {
            throw Faults.InvalidArgument("privIds", $"There is no privilege '{unknown}'.");
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            throw Faults.InvalidName(name);
        }

        if (roles.Values.FirstOrDefault(role => string.Equals(role.Name, name, StringComparison.OrdinalIgnoreCase)) is { } taken && taken.Id != id)
        {
            throw Faults.AlreadyExists(name);
        }

        return roles[id] = new Role(id, name, false, new Description { Label = name, Summary = name }, asked.Concat(Basic));
    }

    private Role Own(int id)
        => Get(id) is { IsSystem: false } role ? role : throw Faults.InvalidArgument("roleId", "The roles that vSphere comes with stay as they are.");

    private void AddSystem(int id, string name, string label, string summary, IEnumerable<string> privileges)
        => roles[id] = new Role(id, name, true, new Description { Label = label, Summary = summary }, privileges);
}

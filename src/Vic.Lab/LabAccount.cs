namespace Vic.Lab;

/// <summary>
/// A user of the lab beside the administrator. The account may log in once a permission is set for it, or for a group of it, with
/// AuthorizationManager's methods.
/// </summary>
/// <param name="name">Such as <c>operator@vsphere.local</c>; a name without a domain is of the lab's own.</param>
/// <param name="password">Its password.</param>
public sealed class LabAccount(string name, string password)
{
    /// <summary>The name that the user logs in with.</summary>
    public string Name { get; } = name;

    /// <summary>Its password.</summary>
    public string Password { get; } = password;

    /// <summary>The name for people.</summary>
    public string FullName { get; init; } = name;

    /// <summary>The groups that the user is in; a group is there when a user is in it.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace Vic.Lab.Machines;

/// <summary>Name and password of a guest's user.</summary>
public sealed class GuestCredentials(string userName, string password)
{
    /// <summary>The user's name.</summary>
    public string UserName { get; } = userName;

    /// <summary>The user's password; never logged.</summary>
    public string Password { get; } = password;
}

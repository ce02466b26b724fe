namespace Vic.Lab.Authorization;

/// <summary>Names of users and groups: <c>user</c>, <c>user@domain</c> and <c>DOMAIN\user</c> are one, whatever their case.</summary>
internal static class PrincipalName
{
    /// <summary>The form in which names are compared.</summary>
    public static string Key(string name, string defaultDomain)
    {
        var (user, domain) = Split(name, defaultDomain);
        return $"{domain}\\{user}".ToUpperInvariant();
    }

    /// <summary>A name without its domain, and the domain.</summary>
    public static (string User, string Domain) Split(string name, string defaultDomain)
    {
        var backslash = name.IndexOf('\\', StringComparison.Ordinal);
        var at = name.LastIndexOf('@');
        return backslash >= 0
            ? (name[(backslash + 1)..], name[..backslash])
            : at > 0 ? (name[..at], name[(at + 1)..]) : (name, defaultDomain);
    }
}

namespace Vic.Engine.Permissions;

/// <summary>Names of accounts: <c>user@domain</c>, <c>DOMAIN\user</c> and, in the server's own domain, <c>user</c>.</summary>
internal static class AccountName
{
    /// <summary>
    /// Whether two names can be one account: vCenter tells <c>CORP\user</c> of who has logged in as <c>user@corp.example.org</c>. A name without a domain
    /// is of any.
    /// </summary>
    public static bool AreSame(string first, string second)
    {
        var (user, domain) = Split(first);
        var (otherUser, otherDomain) = Split(second);
        return Equals(user, otherUser)
            && (domain is null || otherDomain is null || Equals(domain, otherDomain)
                || (IsShort(domain) != IsShort(otherDomain) && Equals(FirstLabel(domain), FirstLabel(otherDomain))));
    }

    private static (string User, string? Domain) Split(string name)
    {
        var backslash = name.IndexOf('\\');
        var at = name.LastIndexOf('@');
        return backslash >= 0 ? (name.Substring(backslash + 1), name.Substring(0, backslash))
            : at > 0 ? (name.Substring(0, at), name.Substring(at + 1))
            : (name, null);
    }

    private static bool IsShort(string domain) => domain.IndexOf('.') < 0;

    private static string FirstLabel(string domain) => domain.Split('.')[0];

    private static bool Equals(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
}

namespace Vic.Lab.Authorization;

/// <summary>The users and groups of the lab.</summary>
internal sealed class UserAccounts
{
    /// <summary>The group that the administrator is in.</summary>
    public const string Administrators = "Administrators";

    private readonly Dictionary<string, UserAccount> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> groups = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two accounts have one name.</exception>
    public UserAccounts(string domain, LabAccount administrator, IReadOnlyList<LabAccount> others)
    {
        Domain = domain;
        foreach (var account in others.Prepend(administrator))
        {
            if (!users.TryAdd(PrincipalName.Key(account.Name, domain), new UserAccount(account, domain)))
            {
                throw new ArgumentException($"There are two accounts named '{account.Name}'; give each a name of its own.", nameof(others));
            }

            foreach (var group in account.Groups)
            {
                groups.TryAdd(PrincipalName.Key(group, domain), group);
            }
        }
    }

    /// <summary>The domain of names that have none.</summary>
    public string Domain { get; }

    public IReadOnlyCollection<UserAccount> Users => users.Values;

    public IReadOnlyCollection<string> Groups => groups.Values;

    public UserAccount? Find(string name) => users.GetValueOrDefault(PrincipalName.Key(name, Domain));

    /// <summary>The account of a name and its password; null when either is wrong.</summary>
    public UserAccount? Authenticate(string name, string password)
    {
        // An unknown name costs what a wrong password costs.
        var account = Find(name);
        var matches = (account ?? users.Values.First()).HasPassword(password);
        return matches ? account : null;
    }

    /// <summary>Whether there is such a user or group.</summary>
    public bool Exists(string principal, bool isGroup)
        => isGroup ? groups.ContainsKey(PrincipalName.Key(principal, Domain)) : Find(principal) is not null;
}

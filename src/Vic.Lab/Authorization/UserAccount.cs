using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Vic.Lab.Authorization;

/// <summary>Someone who may log in.</summary>
internal sealed class UserAccount
{
    private readonly byte[] passwordDigest;
    private readonly string key;
    private readonly FrozenSet<string> groupKeys;

    public UserAccount(LabAccount account, string domain)
    {
        Name = account.Name;
        FullName = account.FullName;
        Groups = account.Groups;
        passwordDigest = Digest(account.Password);
        key = PrincipalName.Key(account.Name, domain);
        groupKeys = account.Groups.Select(group => PrincipalName.Key(group, domain)).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Name { get; }

    public string FullName { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <summary>Whether the user is the user of a name's key, or is in the group of that key.</summary>
    public bool Is(string principalKey, bool isGroup) => isGroup ? groupKeys.Contains(principalKey) : key == principalKey;

    /// <summary>Compares in constant time.</summary>
    public bool HasPassword(string password) => CryptographicOperations.FixedTimeEquals(Digest(password), passwordDigest);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

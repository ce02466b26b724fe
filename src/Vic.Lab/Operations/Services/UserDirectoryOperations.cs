using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>UserDirectory.</summary>
internal sealed class UserDirectoryOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
        => table.Add<RetrieveUserGroupsRequest, ServiceObject>((_, _, request) => Search(request));

    private List<UserSearchResult> Search(RetrieveUserGroupsRequest request)
    {
        var accounts = world.Accounts;
        var users = accounts.Users.Where(user => request.FindUsers
            && Matches(user.Name, request)
            && (string.IsNullOrEmpty(request.BelongsToGroup) || user.Is(Key(request.BelongsToGroup), isGroup: true)));
        var groups = accounts.Groups.Where(group => request.FindGroups
            && Matches(group, request)
            && (string.IsNullOrEmpty(request.BelongsToUser) || (accounts.Find(request.BelongsToUser)?.Is(Key(group), isGroup: true) ?? false)));
        return
        [
            .. users.Select(user => new UserSearchResult { Principal = Bare(user.Name), FullName = user.FullName, Group = false }),
            .. groups.Select(group => new UserSearchResult { Principal = Bare(group), FullName = group, Group = true }),
        ];
    }

    private bool Matches(string principal, RetrieveUserGroupsRequest request)
    {
        var (user, domain) = PrincipalName.Split(principal, world.Accounts.Domain);
        if (!string.IsNullOrEmpty(request.Domain) && !string.Equals(domain, request.Domain, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return request.ExactMatch
            ? string.Equals(user, request.SearchStr, StringComparison.OrdinalIgnoreCase)
            : user.Contains(request.SearchStr, StringComparison.OrdinalIgnoreCase);
    }

    private string Bare(string principal) => PrincipalName.Split(principal, world.Accounts.Domain).User;

    private string Key(string group) => PrincipalName.Key(group, world.Accounts.Domain);
}

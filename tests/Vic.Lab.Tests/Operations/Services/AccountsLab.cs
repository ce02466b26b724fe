using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

/// <summary>A lab with a user beside the administrator, and what permissions are set with.</summary>
internal sealed class AccountsLab : IAsyncDisposable
{
    public const string User = "operator@vsphere.local";
    public const string Group = "Operators";
    private const string Password = "a password of the operator";

    private readonly ConnectedLab lab;

    private AccountsLab(ConnectedLab lab) => this.lab = lab;

    /// <summary>The lab, and the administrator's session.</summary>
    public ConnectedLab Lab => lab;

    public AuthorizationManager Authorization => new(lab.Client, lab.Client.Content.AuthorizationManager!.Value);

    public ManagedObjectReference Root => lab.Client.Content.RootFolder;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AccountsLab> StartAsync(LabOptions? options = null)
        => new(await ConnectedLab.StartAsync((options ?? new LabOptions()) with
        {
            Accounts = [new LabAccount(User, Password) { Groups = [Group, "Readers"] }],
        }));

    /// <summary>A resource pool's configuration that limits nothing.</summary>
    public static ResourceConfigSpec Unlimited() => new()
    {
        CpuAllocation = Allocation(),
        MemoryAllocation = Allocation(),
    };

    /// <summary>A session of the user.</summary>
    public async Task<VimClient> LoginAsync()
    {
        var client = await VimClient.ConnectAsync(
            new VimClientOptions(lab.Server.Facts.Url) { Thumbprint = lab.Server.Facts.Thumbprint }, Token);
        await client.LoginAsync(User, Password, Token);
        return client;
    }

    /// <summary>Gives the user, or a group, a new role on an entity.</summary>
    /// <returns>The role's id.</returns>
    public async Task<int> PermitAsync(
        ManagedObjectReference entity, IReadOnlyList<string> privileges, bool propagate = true, string? group = null)
    {
        var role = await Authorization.AddAuthorizationRoleAsync($"role {Guid.NewGuid()}", [.. privileges], Token);
        await PermitAsync(entity, role, propagate, group);
        return role;
    }

    public Task PermitAsync(ManagedObjectReference entity, int role, bool propagate = true, string? group = null)
        => Authorization.SetEntityPermissionsAsync(
            entity,
            [new Permission { Principal = group ?? User, Group = group is not null, RoleId = role, Propagate = propagate }],
            Token);

    private static ResourceAllocationInfo Allocation() => new()
    {
        Reservation = 0,
        ExpandableReservation = true,
        Limit = -1,
        Shares = new SharesInfo { Level = SharesLevel.Normal },
    };

    public async ValueTask DisposeAsync() => await lab.DisposeAsync();
}

using Vic.Engine.Inspection;
using Vic.Engine.Requests;
using Vic.Engine.Tests.Labs;
using Vic.Lab;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Tests.Permissions;

/// <summary>A lab with an account that has no permission at all, and VCHs whose endpoints work with it.</summary>
internal static class GrantedVch
{
    public static LabAccount Account { get; } = new("endpoint@vsphere.local", "a password of the endpoint");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<EngineLab> StartLabAsync(bool hasDrs = true) =>
        EngineLab.StartAsync(new LabOptions { Model = InventoryModel.VCenter, HasDrs = hasDrs, Accounts = [Account] });

    /// <summary>A VCH whose account is to be granted what it needs.</summary>
    public static VchRequest Request(EngineLab lab, string name = EngineLab.VchName, bool asVApp = false) => lab.Request() with
    {
        Name = name,
        AsVApp = asVApp,
        Credential = new EndpointCredential(Account.Name, Account.Password),
        HasOperationsAccount = true,
        GrantPermission = true,
        SkipReadiness = true,
    };

    public static async Task<VchInfo> DeployAsync(EngineLab lab, VchRequest request)
    {
        using var client = await lab.ConnectAsync();
        return (await EngineLab.DeployAsync(client, request, Token)).Vch;
    }

    /// <summary>The account's roles and where it has them, <c>name: role</c>, with <c>+</c> behind those that hold for what is below as well.</summary>
    public static async Task<IReadOnlyList<string>> PermissionsAsync(EngineLab lab)
    {
        using var client = await lab.ConnectAsync();
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var roles = await client.GetPropertyAsync<List<AuthorizationRole>>(manager.Reference, "roleList", Token) ?? [];
        var names = (await client.RetrieveAllAsync("ManagedEntity", ["name"], cancellationToken: Token)).ToDictionary(entity => entity.Reference, entity => entity.Get<string>("name"));
        return (await manager.RetrieveAllPermissionsAsync(Token) ?? []).Where(permission => permission.Principal.Contains("endpoint", StringComparison.Ordinal))
            .Select(permission =>
                $"{names.GetValueOrDefault(permission.Entity!.Value) ?? "root"}: {roles.Single(role => role.RoleId == permission.RoleId).Name}{(permission.Propagate ? "+" : "")}")
            .Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The names and privileges of the roles of endpoints.</summary>
    public static async Task<IReadOnlyDictionary<string, AuthorizationRole>> RolesAsync(VimClient client)
    {
        var manager = client.Content.AuthorizationManager!.Value;
        return (await client.GetPropertyAsync<List<AuthorizationRole>>(manager, "roleList", Token) ?? [])
            .Where(role => role.Name.StartsWith("vic-vch-", StringComparison.Ordinal)).ToDictionary(role => role.Name);
    }
}

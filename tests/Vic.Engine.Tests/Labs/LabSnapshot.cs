using System.Globalization;
using Vic.Lab;
using Vic.Vim25;

namespace Vic.Engine.Tests.Labs;

/// <summary>
/// Everything that a deployment may change in a lab, one line a thing: the inventory, roles and permissions, the hosts' networks, each file and folder.
/// </summary>
internal static class LabSnapshot
{
    public static async Task<IReadOnlyList<string>> TakeAsync(LabServer lab, VimClient client, CancellationToken cancellationToken) =>
    [
        .. await InventoryAsync(client, cancellationToken),
        .. await PermissionsAsync(client, cancellationToken),
        .. await HostNetworksAsync(client, cancellationToken),
        .. Files(lab.Facts.StateDirectory),
    ];

    private static async Task<IEnumerable<string>> InventoryAsync(VimClient client, CancellationToken cancellationToken)
    {
        var entities = await client.RetrieveAllAsync("ManagedEntity", ["name", "parent"], cancellationToken: cancellationToken);
        return entities.Select(entity => $"{entity.Reference} '{entity.Get<string>("name")}' in {entity.GetValue<ManagedObjectReference>("parent")}").Order(StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<string>> PermissionsAsync(VimClient client, CancellationToken cancellationToken)
    {
        var manager = new AuthorizationManager(client, client.Content.AuthorizationManager!.Value);
        var roles = await client.GetPropertyAsync<List<AuthorizationRole>>(manager.Reference, "roleList", cancellationToken) ?? [];
        var permissions = await manager.RetrieveAllPermissionsAsync(cancellationToken) ?? [];
        return roles.Select(role => $"role '{role.Name}' of {role.Privilege?.Count} privileges")
            .Concat(permissions.Select(permission =>
                $"'{roles.Find(role => role.RoleId == permission.RoleId)?.Name}' of {permission.Principal} on {permission.Entity}, down: {permission.Propagate}"))
            .Order(StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<string>> HostNetworksAsync(VimClient client, CancellationToken cancellationToken)
    {
        var hosts = await client.RetrieveAllAsync("HostSystem", ["config.network.vswitch", "config.network.portgroup"], cancellationToken: cancellationToken);
        return hosts.SelectMany(host =>
            (host.Get<List<HostVirtualSwitch>>("config.network.vswitch") ?? []).Select(item => $"switch '{item.Name}' of {host.Reference}")
                .Concat((host.Get<List<HostPortGroup>>("config.network.portgroup") ?? []).Select(item => $"port group '{item.Spec.Name}' of {host.Reference}")))
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Files(string directory) =>
        new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetRelativePath(directory, entry.FullName)}{(entry is FileInfo file ? $" {file.Length}" : "/")}"))
            .Order(StringComparer.Ordinal);
}

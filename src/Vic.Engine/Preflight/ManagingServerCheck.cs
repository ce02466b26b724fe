using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether a host is spoken to directly although a vCenter manages it, and would not know of the VCH's pool and lock.</summary>
internal static class ManagingServerCheck
{
    public static void Check(VimClient client, IReadOnlyList<InventoryEntity> hosts, CheckList checks)
    {
        if (client.IsVirtualCenter)
        {
            return;
        }

        checks.Begin("ManagedHost");
        if (hosts.Select(host => host.Get<string>("summary.managementServerIp")).FirstOrDefault(address => !string.IsNullOrEmpty(address)) is { } vCenter)
        {
            checks.Fail("Server", $"The vCenter at {vCenter} manages this host. Connect there: Connect-VICServer -Server {vCenter}");
        }

        checks.Pass("No vCenter manages this host.");
    }
}

using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Hosts;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts;

/// <summary>HostFirewallSystem and HostServiceSystem.</summary>
internal sealed class HostFirewallOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<EnableRulesetRequest, ServiceObject>((_, system, request) => Firewall(system, firewall => firewall.Enable(request.Id, true)));
        table.Add<DisableRulesetRequest, ServiceObject>((_, system, request) => Firewall(system, firewall => firewall.Enable(request.Id, false)));
        table.Add<UpdateRulesetRequest, ServiceObject>((_, system, request)
            => Firewall(system, firewall => firewall.Allow(request.Id, request.Spec.AllowedHosts)));
        table.Add<RefreshFirewallRequest, ServiceObject>((_, system, _) => Firewall(system, firewall => firewall.Refresh()));
        table.Add<StartServiceRequest, ServiceObject>((_, system, request) => Services(system, services => services.Run(request.Id, true)));
        table.Add<StopServiceRequest, ServiceObject>((_, system, request) => Services(system, services => services.Run(request.Id, false)));
    }

    private object? Firewall(ServiceObject system, Action<HostFirewall> change)
    {
        lock (world.Store.Gate)
        {
            change(new HostFirewall(world, world.HostOf(system, parts => parts.Firewall)));
            return null;
        }
    }

    private object? Services(ServiceObject system, Action<HostServices> change)
    {
        lock (world.Store.Gate)
        {
            change(new HostServices(world, world.HostOf(system, parts => parts.Service)));
            return null;
        }
    }
}

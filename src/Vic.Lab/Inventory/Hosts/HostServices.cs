using Vic.Vim25;

namespace Vic.Lab.Inventory.Hosts;

/// <summary>A host's services: its HostServiceSystem, and the copy in the host's configuration. All of it under the store's lock.</summary>
internal sealed class HostServices(LabWorld world, HostEntity host)
{
    private ServiceObject System => world.Get<ServiceObject>(host.Parts.Service);

    /// <summary>The services of a new ESXi 6.7 host.</summary>
    public static HostServiceInfo Initial() => new()
    {
        Service =
        [
            Service("DCUI", "Direct Console UI", running: true),
            Service("TSM", "ESXi Shell", running: false, policy: "off"),
            Service("TSM-SSH", "SSH", running: false, policy: "off", "sshServer"),
            Service("lbtd", "Load-Based Teaming Daemon", running: true),
            Service("lwsmd", "Active Directory Service", running: false, policy: "off", "activeDirectoryAll"),
            Service("ntpd", "NTP Daemon", running: false, policy: "off", "ntpClient"),
            Service("pcscd", "PC/SC Smart Card Daemon", running: false, policy: "off"),
            Service("sfcbd-watchdog", "CIM Server", running: true, policy: "on", "CIMHttpServer", "CIMHttpsServer"),
            Service("snmpd", "SNMP Server", running: false, policy: "on", "snmp"),
            Service("vmsyslogd", "Syslog Server", running: true, policy: "on", "syslog"),
            Service("vpxa", "VMware vCenter Agent", running: true, policy: "on", "vpxHeartbeats"),
            Service("xorg", "X.Org Server", running: false, policy: "on"),
        ],
    };

    /// <exception cref="VimFaultException">There is no such service, or it is required and cannot stop.</exception>
    public void Run(string id, bool running)
    {
        var info = System.Read<HostServiceInfo>("serviceInfo")!;
        var found = (info.Service ?? []).Find(service => service.Key == id) ?? throw Faults.NotFound($"The service '{id}'");
        if (!running && found.Required)
        {
            throw Faults.InvalidState($"The service '{id}' is required and cannot be stopped.");
        }

        var changed = found.ShallowClone();
        changed.Running = running;
        var next = new HostServiceInfo { Service = [.. info.Service!.Select(service => service == found ? changed : service)] };
        System.Write("serviceInfo", next);
        host.UpdateConfig(config => config.Service = next);
    }

    private static HostService Service(string key, string label, bool running, string policy = "on", params List<string> rulesets) => new()
    {
        Key = key,
        Label = label,
        Required = key == "vmsyslogd",
        Uninstallable = false,
        Running = running,
        Ruleset = rulesets.Count > 0 ? rulesets : null,
        Policy = policy,
    };
}

package main

import (
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

var hosts = []sentence{
	{says: "the firewall's rulesets are opened and closed", check: func(j *journey) {
		firewall, err := j.host().ConfigManager().FirewallSystem(j.ctx)
		must(err)
		must(firewall.DisableRuleset(j.ctx, "remoteSerialPort"))
		enabled := func() bool {
			info, err := firewall.Info(j.ctx)
			must(err)
			for _, ruleset := range info.Ruleset {
				if ruleset.Key == "remoteSerialPort" {
					return ruleset.Enabled
				}
			}
			return false
		}
		holds(!enabled(), "the ruleset is closed")
		must(firewall.EnableRuleset(j.ctx, "remoteSerialPort"))
		holds(enabled(), "the ruleset is open")
		must(firewall.DisableRuleset(j.ctx, "remoteSerialPort"))
		fails(firewall.EnableRuleset(j.ctx, "none"), "NotFound")
	}},
	{says: "the firewall is refreshed", lacks: "RefreshFirewall", check: func(j *journey) {
		firewall, err := j.host().ConfigManager().FirewallSystem(j.ctx)
		must(err)
		must(firewall.Refresh(j.ctx))
	}},
	{says: "services are started and stopped", differs: "its hosts' service system is not there", check: func(j *journey) {
		services, err := j.host().ConfigManager().ServiceSystem(j.ctx)
		must(err)
		running := func() bool {
			all, err := services.Service(j.ctx)
			must(err)
			for _, service := range all {
				if service.Key == "TSM-SSH" {
					return service.Running
				}
			}
			return false
		}
		must(services.Start(j.ctx, "TSM-SSH"))
		holds(running(), "the service runs")
		must(services.Stop(j.ctx, "TSM-SSH"))
		holds(!running(), "the service has stopped")
	}},
	{says: "storage is refreshed", check: func(j *journey) {
		storage, err := j.host().ConfigManager().StorageSystem(j.ctx)
		must(err)
		must(storage.Refresh(j.ctx))
	}},
	{says: "a shared datastore is mounted and removed", differs: "it wants a directory of its own machine", check: func(j *journey) {
		system, err := j.host().ConfigManager().DatastoreSystem(j.ctx)
		must(err)
		mounted, err := system.CreateNasDatastore(j.ctx, types.HostNasVolumeSpec{
			RemoteHost: "192.0.2.7", RemotePath: "/exports/tour", LocalPath: "shared", AccessMode: "readWrite", Type: "NFS"})
		must(err)
		must(system.Remove(j.ctx, mounted))
	}},
	{says: "a cluster's hosts, pool and datastores are known", check: func(j *journey) {
		hosts, err := j.compute().Hosts(j.ctx)
		must(err)
		datastores, err := j.compute().Datastores(j.ctx)
		must(err)
		holds(len(hosts) > 0 && len(datastores) > 0, "there are hosts and datastores")
		pool, err := hosts[0].ResourcePool(j.ctx)
		must(err)
		equal(j.pool().Reference(), pool.Reference())
	}},
	{says: "esxcli tells the firewall's status", lacks: "RetrieveManagedMethodExecuter", check: func(j *journey) {
		executer, err := retrieveManagedMethodExecuter(j.ctx, j.vim(), j.host().Reference())
		must(err)
		answer, err := executeSoap(j.ctx, j.vim(), executeSoapRequest{
			This: executer, Moid: "ha-cli-handler-network-firewall", Version: "urn:vim25/5.0", Method: "vim.EsxCLI.network.firewall.get"})
		must(err)
		holds(answer.Fault == nil, "there is no fault")
		holds(strings.Contains(answer.Response, "Enabled"), "the status tells whether the firewall is enabled: "+answer.Response)
	}},
	{says: "esxcli refuses what it does not know", lacks: "RetrieveManagedMethodExecuter", check: func(j *journey) {
		executer, err := retrieveManagedMethodExecuter(j.ctx, j.vim(), j.host().Reference())
		must(err)
		answer, err := executeSoap(j.ctx, j.vim(), executeSoapRequest{
			This: executer, Moid: "none", Version: "urn:vim25/5.0", Method: "vim.EsxCLI.none"})
		must(err)
		holds(answer.Fault != nil, "there is a fault")
	}},
	{says: "a host has a manager of its dynamic types", lacks: "RetrieveDynamicTypeManager", check: func(j *journey) {
		manager, err := retrieveDynamicTypeManager(j.ctx, j.vim(), j.host().Reference())
		must(err)
		equal("InternalDynamicTypeManager", manager.Type)
	}},
}

package main

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) networkSystem() *object.HostNetworkSystem {
	system, err := j.host().ConfigManager().NetworkSystem(j.ctx)
	must(err)
	return system
}

func (j *journey) createSwitch() *object.DistributedVirtualSwitch {
	spec := types.DVSCreateSpec{ConfigSpec: &types.VMwareDVSConfigSpec{DVSConfigSpec: types.DVSConfigSpec{Name: "made"}}}
	created := j.done(j.folders().NetworkFolder.CreateDVS(j.ctx, spec))
	dvs := object.NewDistributedVirtualSwitch(j.vim(), created.(types.ManagedObjectReference))
	j.later(func() {
		if task, err := dvs.Destroy(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
	})
	return dvs
}

func (j *journey) addPortGroup(dvs *object.DistributedVirtualSwitch, name string) *object.DistributedVirtualPortgroup {
	spec := types.DVPortgroupConfigSpec{Name: name, Type: string(types.DistributedVirtualPortgroupPortgroupTypeEarlyBinding), NumPorts: 8}
	j.done(dvs.AddPortgroup(j.ctx, []types.DVPortgroupConfigSpec{spec}))
	found, err := j.finder().Network(j.ctx, name)
	must(err)
	group := object.NewDistributedVirtualPortgroup(j.vim(), found.Reference())
	j.later(func() {
		if task, err := group.Destroy(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
	})
	return group
}

var networks = []sentence{
	{says: "a standard switch with a port group comes and goes", check: func(j *journey) {
		system := j.networkSystem()
		must(system.AddVirtualSwitch(j.ctx, "vSwitch7", nil))
		must(system.AddPortGroup(j.ctx, types.HostPortGroupSpec{Name: "standard", VswitchName: "vSwitch7", Policy: types.HostNetworkPolicy{}}))
		_, err := j.finder().Network(j.ctx, "standard")
		must(err)
		must(system.RemovePortGroup(j.ctx, "standard"))
		must(system.RemoveVirtualSwitch(j.ctx, "vSwitch7"))
		fails(system.RemoveVirtualSwitch(j.ctx, "vSwitch7"), "NotFound")
	}},
	{says: "the network is refreshed", lacks: "RefreshNetworkSystem", check: func(j *journey) {
		must(j.networkSystem().RefreshNetworkSystem(j.ctx))
	}},
	{says: "a distributed switch is created and reconfigured", only: "vcenter", check: func(j *journey) {
		dvs := j.createSwitch()
		var found mo.DistributedVirtualSwitch
		must(property.DefaultCollector(j.vim()).RetrieveOne(j.ctx, dvs.Reference(), []string{"config"}, &found))
		j.done(dvs.Reconfigure(j.ctx, &types.DVSConfigSpec{
			ConfigVersion: found.Config.GetDVSConfigInfo().ConfigVersion,
			Host:          []types.DistributedVirtualSwitchHostMemberConfigSpec{{Operation: "add", Host: j.host().Reference()}},
		}))
		must(property.DefaultCollector(j.vim()).RetrieveOne(j.ctx, dvs.Reference(), []string{"summary"}, &found))
		equal([]types.ManagedObjectReference{j.host().Reference()}, found.Summary.HostMember)
	}},
	{says: "a port group gives an adapter its backing", only: "vcenter", check: func(j *journey) {
		group := j.addPortGroup(j.createSwitch(), "distributed")
		backing, err := group.EthernetCardBackingInfo(j.ctx)
		must(err)
		port := backing.(*types.VirtualEthernetCardDistributedVirtualPortBackingInfo).Port
		equal(group.Reference().Value, port.PortgroupKey)
		holds(port.SwitchUuid != "", "the switch has a UUID")
	}},
	{says: "a port group is reconfigured", only: "vcenter", check: func(j *journey) {
		group := j.addPortGroup(j.createSwitch(), "changed")
		var found mo.DistributedVirtualPortgroup
		must(group.Properties(j.ctx, group.Reference(), []string{"config"}, &found))
		j.done(group.Reconfigure(j.ctx, types.DVPortgroupConfigSpec{ConfigVersion: found.Config.ConfigVersion, NumPorts: 16}))
		must(group.Properties(j.ctx, group.Reference(), []string{"config"}, &found))
		equal(int32(16), found.Config.NumPorts)
	}},
	{says: "the ports of a group are fetched", only: "vcenter", differs: "its ports know no port group", check: func(j *journey) {
		dvs := j.createSwitch()
		group := j.addPortGroup(dvs, "fetched")
		criteria := types.DistributedVirtualSwitchPortCriteria{PortgroupKey: []string{group.Reference().Value}}
		ports, err := dvs.FetchDVPorts(j.ctx, &criteria)
		must(err)
		equal(8, len(ports))
		equal(group.Reference().Value, ports[0].PortgroupKey)
	}},
}

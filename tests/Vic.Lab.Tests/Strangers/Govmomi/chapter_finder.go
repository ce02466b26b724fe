package main

import (
	"errors"

	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/list"
	"github.com/vmware/govmomi/object"
)

var finder = []sentence{
	{says: "there is one datacenter to default to", check: func(j *journey) {
		found, err := find.NewFinder(j.vim()).DatacenterOrDefault(j.ctx, "")
		must(err)
		equal(j.datacenter().Reference(), found.Reference())
	}},
	{says: "a machine is found by its path, its name and a pattern", check: func(j *journey) {
		machine := j.createMachine("found")
		for _, path := range []string{"found", "fou*", "/" + j.datacenterName() + "/vm/found"} {
			found, err := j.finder().VirtualMachine(j.ctx, path)
			must(err)
			equal(machine.Reference(), found.Reference())
			equal("found", found.Name())
		}
	}},
	{says: "what is not there is not found", check: func(j *journey) {
		_, err := j.finder().VirtualMachine(j.ctx, "none")
		var missing *find.NotFoundError
		holds(errors.As(err, &missing), "the finder says not found")
	}},
	{says: "datastores, hosts, pools and networks are found", check: func(j *journey) {
		datastores, err := j.finder().DatastoreList(j.ctx, "*")
		must(err)
		hosts, err := j.finder().HostSystemList(j.ctx, "*/*")
		must(err)
		pools, err := j.finder().ResourcePoolList(j.ctx, "*/Resources")
		must(err)
		networks, err := j.finder().NetworkList(j.ctx, "*")
		must(err)
		holds(len(datastores) > 0 && len(hosts) > 0 && len(pools) > 0 && len(networks) > 0, "there is one of each")
	}},
	{says: "a network gives an adapter its backing", differs: "its adapters have no address", check: func(j *journey) {
		network, err := j.finder().Network(j.ctx, "VM Network")
		must(err)
		backing, err := network.EthernetCardBackingInfo(j.ctx)
		must(err)
		card, err := object.EthernetCardTypes().CreateEthernetCard("vmxnet3", backing)
		must(err)
		devices, err := j.createMachine("found", card).Device(j.ctx)
		must(err)
		holds(devices.PrimaryMacAddress() != "", "the adapter has an address")
	}},
	{says: "folders are found", check: func(j *journey) {
		folder, err := j.finder().Folder(j.ctx, "/"+j.datacenterName()+"/vm")
		must(err)
		equal(j.folders().VmFolder.Reference(), folder.Reference())
	}},
	{says: "an object's path is known", check: func(j *journey) {
		path, err := find.InventoryPath(j.ctx, j.vim(), j.createMachine("found").Reference())
		must(err)
		equal("/"+j.datacenterName()+"/vm/found", path)
	}},
	{says: "the children of a folder are listed", check: func(j *journey) {
		j.createMachine("found")
		elements, err := j.finder().ManagedObjectListChildren(j.ctx, "/"+j.datacenterName()+"/vm")
		must(err)
		contains("/"+j.datacenterName()+"/vm/found", paths(elements))
	}},
	{says: "a search finds by path and by UUID", check: func(j *journey) {
		machine := j.createMachine("found")
		index := object.NewSearchIndex(j.vim())
		byPath, err := index.FindByInventoryPath(j.ctx, "/"+j.datacenterName()+"/vm/found")
		must(err)
		equal(machine.Reference(), byPath.Reference())
		byUUID, err := index.FindByUuid(j.ctx, j.datacenter(), machine.UUID(j.ctx), true, nil)
		must(err)
		equal(machine.Reference(), byUUID.Reference())
	}},
}

func paths(elements []list.Element) []string {
	var all []string
	for _, element := range elements {
		all = append(all, element.Path)
	}
	return all
}

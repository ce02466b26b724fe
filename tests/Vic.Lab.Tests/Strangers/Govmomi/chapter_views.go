package main

import (
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) container(kinds ...string) *view.ContainerView {
	created, err := view.NewManager(j.vim()).CreateContainerView(j.ctx, j.vim().ServiceContent.RootFolder, kinds, true)
	must(err)
	j.later(func() { must(created.Destroy(j.ctx)) })
	return created
}

var views = []sentence{
	{says: "what a view shows is read in one call", check: func(j *journey) {
		j.createMachine("viewed")
		var found []mo.VirtualMachine
		must(j.container("VirtualMachine").Retrieve(j.ctx, []string{"VirtualMachine"}, []string{"name"}, &found))
		var names []string
		for _, machine := range found {
			names = append(names, machine.Name)
		}
		contains("viewed", names)
	}},
	{says: "what a view shows is chosen by its properties", check: func(j *journey) {
		j.createMachine("viewed")
		j.done(j.createMachine("running").PowerOn(j.ctx))
		var found []mo.VirtualMachine
		filter := property.Filter{"runtime.powerState": "poweredOff", "name": "viewed"}
		must(j.container("VirtualMachine").RetrieveWithFilter(
			j.ctx, []string{"VirtualMachine"}, []string{"name", "runtime.powerState"}, &found, filter))
		equal(1, len(found))
		equal("viewed", found[0].Name)
	}},
	{says: "references are found by properties", check: func(j *journey) {
		machine := j.createMachine("viewed")
		found, err := j.container("VirtualMachine").Find(j.ctx, []string{"VirtualMachine"}, property.Filter{"name": "viewed"})
		must(err)
		equal([]types.ManagedObjectReference{machine.Reference()}, found)
	}},
	{says: "a list view takes and gives back objects", check: func(j *journey) {
		created, err := view.NewManager(j.vim()).CreateListView(j.ctx, nil)
		must(err)
		j.later(func() { must(created.Destroy(j.ctx)) })
		references := []types.ManagedObjectReference{j.host().Reference(), j.pool().Reference()}
		must(created.Add(j.ctx, references))
		must(created.Remove(j.ctx, references[:1]))
		var listed mo.ListView
		must(property.DefaultCollector(j.vim()).RetrieveOne(j.ctx, created.Reference(), []string{"view"}, &listed))
		equal(references[1:], listed.View)
		must(created.Reset(j.ctx, references[:1]))
		must(property.DefaultCollector(j.vim()).RetrieveOne(j.ctx, created.Reference(), []string{"view"}, &listed))
		equal(references[:1], listed.View)
	}},
}

package main

import (
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

var properties = []sentence{
	{says: "the properties of several objects are read at once", check: func(j *journey) {
		one, two := j.createMachine("one"), j.createMachine("two")
		var found []mo.VirtualMachine
		references := []types.ManagedObjectReference{one.Reference(), two.Reference()}
		must(property.DefaultCollector(j.vim()).Retrieve(j.ctx, references, []string{"name", "config.hardware"}, &found))
		equal([]string{"one", "two"}, sorted([]string{found[0].Name, found[1].Name}))
		equal(int32(64), found[0].Config.Hardware.MemoryMB)
	}},
	{says: "all properties of a machine are read", check: func(j *journey) {
		var found mo.VirtualMachine
		must(property.DefaultCollector(j.vim()).RetrieveOne(j.ctx, j.createMachine("one").Reference(), nil, &found))
		equal("one", found.Config.Name)
		equal(types.VirtualMachinePowerStatePoweredOff, found.Runtime.PowerState)
	}},
	{says: "objects are chosen by their properties", check: func(j *journey) {
		one, two := j.createMachine("one"), j.createMachine("two")
		var found []mo.VirtualMachine
		references := []types.ManagedObjectReference{one.Reference(), two.Reference()}
		collector := property.DefaultCollector(j.vim())
		must(collector.RetrieveWithFilter(j.ctx, references, []string{"name"}, &found, property.Filter{"name": "tw*"}))
		equal(1, len(found))
		equal("two", found[0].Name)
	}},
	{says: "a wait ends with the property it is for", check: func(j *journey) {
		machine := j.createMachine("one")
		task, err := machine.PowerOn(j.ctx)
		must(err)
		must(property.Wait(j.ctx, property.DefaultCollector(j.vim()), machine.Reference(), []string{"runtime.powerState"},
			func(changes []types.PropertyChange) bool {
				return changes[0].Val == types.VirtualMachinePowerStatePoweredOn
			}))
		must(task.Wait(j.ctx))
	}},
	{says: "updates of several objects come by one wait", check: func(j *journey) {
		one, two := j.createMachine("one"), j.createMachine("two")
		filter := new(property.WaitFilter)
		filter.Add(one.Reference(), "VirtualMachine", []string{"name"}).Add(two.Reference(), "VirtualMachine", []string{"name"})
		var entered []string
		must(property.WaitForUpdates(j.ctx, property.DefaultCollector(j.vim()), filter, func(updates []types.ObjectUpdate) bool {
			for _, update := range updates {
				entered = append(entered, update.ChangeSet[0].Val.(string))
			}
			return len(entered) == 2
		}))
		equal([]string{"one", "two"}, sorted(entered))
	}},
	{says: "an object that is gone cannot be read", check: func(j *journey) {
		machine := j.createMachine("one")
		j.done(machine.Destroy(j.ctx))
		var found mo.VirtualMachine
		fails(machine.Properties(j.ctx, machine.Reference(), []string{"name"}, &found), "ManagedObjectNotFound")
	}},
}

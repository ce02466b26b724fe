package main

import (
	"github.com/vmware/govmomi/event"
	"github.com/vmware/govmomi/license"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/performance"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

const extensionKey = "com.vmware.vic.tour"

var services = []sentence{
	{says: "licenses tell their features", check: func(j *journey) {
		licenses, err := license.NewManager(j.vim()).List(j.ctx)
		must(err)
		holds(len(licenses) > 0, "there is a license")
		equal("eval", licenses[0].EditionKey)
	}},
	{says: "the product's features are licensed", differs: "its evaluation has other features", check: func(j *journey) {
		licenses, err := license.NewManager(j.vim()).List(j.ctx)
		must(err)
		for _, feature := range []string{"serialuri", "dvs", "drs"} {
			holds(len(licenses.WithFeature(feature)) > 0, feature+" is licensed")
		}
	}},
	{says: "a license is decoded", lacks: "DecodeLicense", check: func(j *journey) {
		decoded, err := license.NewManager(j.vim()).Decode(j.ctx, "00000-00000-00000-00000-00000")
		must(err)
		equal("eval", decoded.EditionKey)
	}},
	{says: "assigned licenses are told", only: "vcenter", check: func(j *journey) {
		manager, err := license.NewManager(j.vim()).AssignmentManager(j.ctx)
		must(err)
		assigned, err := manager.QueryAssigned(j.ctx, j.host().Reference().Value)
		must(err)
		equal(1, len(assigned))
	}},
	{says: "options are updated and queried", only: "vcenter", check: func(j *journey) {
		const key = "config.vpxd.SerialPort.PersistNetworkBacking"
		options := object.NewOptionManager(j.vim(), *j.vim().ServiceContent.Setting)
		must(options.Update(j.ctx, []types.BaseOptionValue{&types.OptionValue{Key: key, Value: "true"}}))
		found, err := options.Query(j.ctx, key)
		must(err)
		equal("true", found[0].GetOptionValue().Value)
	}},
	{says: "an extension is registered, updated and unregistered", only: "vcenter", lacks: "FindExtension", check: func(j *journey) {
		manager, err := object.GetExtensionManager(j.vim())
		must(err)
		now, err := methods.GetCurrentTime(j.ctx, j.vim())
		must(err)
		extension := types.Extension{
			Key: extensionKey, Version: "1.0", Description: &types.Description{Label: "Tour", Summary: "A tour"}, LastHeartbeatTime: *now}
		found, err := manager.Find(j.ctx, extensionKey)
		must(err)
		holds(found == nil, "it is not there yet")
		must(manager.Register(j.ctx, extension))
		extension.Version = "2.0"
		must(manager.Update(j.ctx, extension))
		found, err = manager.Find(j.ctx, extensionKey)
		must(err)
		equal("2.0", found.Version)
		must(manager.Unregister(j.ctx, extensionKey))
		fails(manager.Unregister(j.ctx, extensionKey), "NotFound")
	}},
	{says: "a custom field is defined and set", only: "vcenter", check: func(j *journey) {
		manager, err := object.GetCustomFieldsManager(j.vim())
		must(err)
		field, err := manager.Add(j.ctx, "tour-field", "VirtualMachine", nil, nil)
		must(err)
		key, err := manager.FindKey(j.ctx, "tour-field")
		must(err)
		equal(field.Key, key)
		must(manager.Set(j.ctx, j.createMachine("labelled").Reference(), key, "me"))
	}},
	{says: "counters are known by their names", check: func(j *journey) {
		counters, err := performance.NewManager(j.vim()).CounterInfoByName(j.ctx)
		must(err)
		holds(counters["cpu.usage.average"] != nil && counters["mem.consumed.average"] != nil, "the usual counters are there")
	}},
	{says: "a machine's samples are read by their names", check: func(j *journey) {
		machine := j.createMachine("measured")
		j.done(machine.PowerOn(j.ctx))
		manager := performance.NewManager(j.vim())
		spec := types.PerfQuerySpec{MaxSample: 3, IntervalId: 20, MetricId: []types.PerfMetricId{{Instance: ""}}}
		samples, err := manager.SampleByName(j.ctx, spec, []string{"cpu.usagemhz.average"}, []types.ManagedObjectReference{machine.Reference()})
		must(err)
		series, err := manager.ToMetricSeries(j.ctx, samples)
		must(err)
		equal(machine.Reference(), series[0].Entity)
		holds(len(series[0].Value[0].Value) > 0, "there is a sample")
	}},
	{says: "what happened to a machine is told in order", check: func(j *journey) {
		machine := j.createMachine("eventful")
		j.done(machine.PowerOn(j.ctx))
		var told []string
		must(event.NewManager(j.vim()).Events(j.ctx, []types.ManagedObjectReference{machine.Reference()}, 50, false, false,
			func(_ types.ManagedObjectReference, events []types.BaseEvent) error {
				event.Sort(events)
				for _, one := range events {
					switch one.(type) {
					case *types.VmCreatedEvent:
						told = append(told, "created")
					case *types.VmPoweredOnEvent:
						told = append(told, "on")
					}
				}
				return nil
			}))
		equal([]string{"created", "on"}, told)
	}},
	{says: "an event of a user's own is posted", check: func(j *journey) {
		machine := j.createMachine("eventful")
		manager := event.NewManager(j.vim())
		must(manager.PostEvent(j.ctx, &types.GeneralUserEvent{
			GeneralEvent: types.GeneralEvent{
				Event: types.Event{Vm: &types.VmEventArgument{
					EntityEventArgument: types.EntityEventArgument{Name: "eventful"}, Vm: machine.Reference()}},
				Message: "hello",
			},
		}))
		collector, err := manager.CreateCollectorForEvents(j.ctx, types.EventFilterSpec{
			Entity:      &types.EventFilterSpecByEntity{Entity: machine.Reference(), Recursion: types.EventFilterSpecRecursionOptionSelf},
			EventTypeId: []string{"GeneralUserEvent"},
		})
		must(err)
		page, err := collector.LatestPage(j.ctx)
		must(err)
		must(collector.Destroy(j.ctx))
		equal(1, len(page))
		equal("hello", page[0].(*types.GeneralUserEvent).Message)
	}},
	{says: "a task of one's own is led to its end", only: "vcenter", lacks: "CreateTask", check: func(j *journey) {
		created, err := methods.CreateTask(j.ctx, j.vim(), &types.CreateTask{
			This: *j.vim().ServiceContent.TaskManager, Obj: j.datacenter().Reference(), TaskTypeId: "com.vmware.vic.tour", Cancelable: true})
		must(err)
		task := object.NewTask(j.vim(), created.Returnval.Task)
		must(task.SetState(j.ctx, types.TaskInfoStateRunning, nil, nil))
		must(task.UpdateProgress(j.ctx, 40))
		must(task.SetState(j.ctx, types.TaskInfoStateSuccess, "the result", nil))
		info, err := task.WaitForResult(j.ctx)
		must(err)
		equal("the result", info.Result)
	}},
}

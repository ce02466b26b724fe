package main

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) createPool(name string) *object.ResourcePool {
	pool, err := j.pool().Create(j.ctx, name, types.DefaultResourceConfigSpec())
	must(err)
	j.later(func() {
		if task, err := pool.Destroy(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
	})
	return pool
}

func (j *journey) createApp(name string) *object.VirtualApp {
	app, err := j.pool().CreateVApp(j.ctx, name, types.DefaultResourceConfigSpec(), types.VAppConfigSpec{Annotation: "a note"}, nil)
	must(err)
	j.later(func() {
		if task, err := app.PowerOff(j.ctx, true); err == nil {
			_ = task.Wait(j.ctx)
		}
		if task, err := app.Destroy(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
	})
	return app
}

func (j *journey) createChild(app *object.VirtualApp, name string) *object.VirtualMachine {
	spec := types.VirtualMachineConfigSpec{
		Name: name, NumCPUs: 1, MemoryMB: 64, GuestId: "otherGuest64", Files: &types.VirtualMachineFileInfo{VmPathName: j.datastore().Path("")}}
	created := j.done(app.CreateChildVM(j.ctx, spec, j.host()))
	return j.keep(object.NewVirtualMachine(j.vim(), created.(types.ManagedObjectReference)))
}

var pools = []sentence{
	{says: "a pool is created, changed and destroyed", check: func(j *journey) {
		pool := j.createPool("made")
		_, err := j.pool().Create(j.ctx, "made", types.DefaultResourceConfigSpec())
		fails(err, "DuplicateName")
		limit := int64(1000)
		spec := types.DefaultResourceConfigSpec()
		spec.CpuAllocation.Limit = &limit
		must(pool.UpdateConfig(j.ctx, "changed", &spec))
		var found mo.ResourcePool
		must(pool.Properties(j.ctx, pool.Reference(), []string{"name", "config"}, &found))
		equal("changed", found.Name)
		equal(int64(1000), *found.Config.CpuAllocation.Limit)
		j.done(pool.Destroy(j.ctx))
		fails(pool.Properties(j.ctx, pool.Reference(), []string{"name"}, &found), "ManagedObjectNotFound")
	}},
	{says: "a pool is found by its path, and knows its owner", check: func(j *journey) {
		j.createPool("made")
		pool, err := j.finder().ResourcePool(j.ctx, "*/Resources/made")
		must(err)
		owner, err := pool.Owner(j.ctx)
		must(err)
		equal(j.compute().Reference(), owner.Reference())
	}},
	{says: "the children of a pool are destroyed", lacks: "DestroyChildren", check: func(j *journey) {
		pool := j.createPool("made")
		child, err := pool.Create(j.ctx, "child", types.DefaultResourceConfigSpec())
		must(err)
		must(pool.DestroyChildren(j.ctx))
		var found mo.ResourcePool
		fails(child.Properties(j.ctx, child.Reference(), []string{"name"}, &found), "ManagedObjectNotFound")
	}},
	{says: "a vApp is created with a machine", only: "vcenter", check: func(j *journey) {
		app := j.createApp("made")
		machine := j.createChild(app, "child")
		var found mo.VirtualApp
		must(app.Properties(j.ctx, app.Reference(), []string{"vm", "name"}, &found))
		equal("made", found.Name)
		equal([]types.ManagedObjectReference{machine.Reference()}, found.Vm)
	}},
	{says: "a vApp is reconfigured", only: "vcenter", lacks: "UpdateVAppConfig", check: func(j *journey) {
		app := j.createApp("made")
		must(app.UpdateConfig(j.ctx, types.VAppConfigSpec{Annotation: "another"}))
		var found mo.VirtualApp
		must(app.Properties(j.ctx, app.Reference(), []string{"vAppConfig"}, &found))
		equal("another", found.VAppConfig.Annotation)
	}},
}

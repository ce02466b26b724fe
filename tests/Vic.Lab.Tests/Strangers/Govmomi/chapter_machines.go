package main

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) devices(machine *object.VirtualMachine) object.VirtualDeviceList {
	devices, err := machine.Device(j.ctx)
	must(err)
	return devices
}

func (j *journey) configuration(machine *object.VirtualMachine) *types.VirtualMachineConfigInfo {
	var found mo.VirtualMachine
	must(machine.Properties(j.ctx, machine.Reference(), []string{"config"}, &found))
	return found.Config
}

// diskDevices are a controller and a disk of a megabyte on it.
func (j *journey) diskDevices() []types.BaseVirtualDevice {
	controller, err := object.SCSIControllerTypes().CreateSCSIController("pvscsi")
	must(err)
	var list object.VirtualDeviceList
	disk := list.CreateDisk(controller.(types.BaseVirtualController), j.datastore().Reference(), "")
	disk.CapacityInKB = 1024
	return []types.BaseVirtualDevice{controller, disk}
}

var machines = []sentence{
	{says: "power goes on, off and on again", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.PowerOn(j.ctx))
		must(machine.WaitForPowerState(j.ctx, types.VirtualMachinePowerStatePoweredOn))
		j.done(machine.Reset(j.ctx))
		j.done(machine.Suspend(j.ctx))
		must(machine.WaitForPowerState(j.ctx, types.VirtualMachinePowerStateSuspended))
		j.done(machine.PowerOn(j.ctx))
		fails(j.failure(machine.PowerOn(j.ctx)), "InvalidPowerState")
		j.done(machine.PowerOff(j.ctx))
		state, err := machine.PowerState(j.ctx)
		must(err)
		equal(types.VirtualMachinePowerStatePoweredOff, state)
	}},
	{says: "a machine knows where it is", check: func(j *journey) {
		machine := j.createMachine("driven")
		host, err := machine.HostSystem(j.ctx)
		must(err)
		pool, err := machine.ResourcePool(j.ctx)
		must(err)
		equal(j.host().Reference(), host.Reference())
		equal(j.pool().Reference(), pool.Reference())
	}},
	{says: "a machine is reconfigured", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.Reconfigure(j.ctx, types.VirtualMachineConfigSpec{
			NumCPUs:     2,
			ExtraConfig: []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.a", Value: "1"}},
		}))
		config := j.configuration(machine)
		equal(int32(2), config.Hardware.NumCPU)
		var values []string
		for _, option := range config.ExtraConfig {
			if option.GetOptionValue().Key == "guestinfo.a" {
				values = append(values, option.GetOptionValue().Value.(string))
			}
		}
		equal([]string{"1"}, values)
	}},
	{says: "a disk under a disk has its parent", check: func(j *journey) {
		machine := j.createMachine("driven", j.diskDevices()...)
		devices := j.devices(machine)
		disk := devices.SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
		must(machine.RemoveDevice(j.ctx, true, disk))
		must(machine.AddDevice(j.ctx, devices.ChildDisk(disk)))
		child := j.devices(machine).SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
		backing := child.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
		equal(disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo).FileName, backing.Parent.FileName)
		holds(backing.FileName != backing.Parent.FileName, "the child has a file of its own")
	}},
	{says: "a serial port is connected", check: func(j *journey) {
		machine := j.createMachine("driven")
		devices := j.devices(machine)
		port, err := devices.CreateSerialPort()
		must(err)
		must(machine.AddDevice(j.ctx, devices.ConnectSerialPort(port, "vic", true, "telnet://127.0.0.1:2377")))
		added := j.devices(machine).SelectByType((*types.VirtualSerialPort)(nil))
		equal(1, len(added))
		equal("telnet://127.0.0.1:2377", added[0].GetVirtualDevice().Backing.(*types.VirtualSerialPortURIBackingInfo).ProxyURI)
	}},
	{says: "an ISO is inserted", check: func(j *journey) {
		machine := j.createMachine("driven")
		devices := j.devices(machine)
		controller, err := devices.FindIDEController("")
		must(err)
		drive, err := devices.CreateCdrom(controller)
		must(err)
		j.upload("driven/boot.iso", "no ISO, but a file")
		iso := j.datastore().Path("driven/boot.iso")
		must(machine.AddDevice(j.ctx, devices.InsertIso(drive, iso)))
		var files []string
		for _, device := range j.devices(machine).SelectByType((*types.VirtualCdrom)(nil)) {
			if backing, ok := device.GetVirtualDevice().Backing.(*types.VirtualCdromIsoBackingInfo); ok {
				files = append(files, backing.FileName)
			}
		}
		contains(iso, files)
	}},
	{says: "snapshots are taken, found, reverted to and removed", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.CreateSnapshot(j.ctx, "one", "the first", false, false))
		j.done(machine.CreateSnapshot(j.ctx, "two", "the second", false, false))
		found, err := machine.FindSnapshot(j.ctx, "one/two")
		must(err)
		holds(found != nil, "the second is below the first")
		j.done(machine.RevertToSnapshot(j.ctx, "one", true))
		j.done(machine.RemoveSnapshot(j.ctx, "two", false, nil))
		_, err = machine.FindSnapshot(j.ctx, "two")
		holds(err != nil, "the second is gone")
		j.done(machine.RemoveAllSnapshot(j.ctx, nil))
		_, err = machine.FindSnapshot(j.ctx, "one")
		holds(err != nil, "the first is gone")
	}},
	{says: "a machine is cloned", only: "vcenter", check: func(j *journey) {
		machine := j.createMachine("driven", j.diskDevices()...)
		pool := j.pool().Reference()
		spec := types.VirtualMachineCloneSpec{Location: types.VirtualMachineRelocateSpec{Pool: &pool}}
		copied := j.done(machine.Clone(j.ctx, j.folders().VmFolder, "copy", spec))
		clone := j.keep(object.NewVirtualMachine(j.vim(), copied.(types.ManagedObjectReference)))
		equal("copy", j.configuration(clone).Name)
		equal(1, len(j.devices(clone).SelectByType((*types.VirtualDisk)(nil))))
	}},
	{says: "a machine is cloned instantly", only: "vcenter", lacks: "InstantClone_Task", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.PowerOn(j.ctx))
		copied := j.done(machine.InstantClone(j.ctx, types.VirtualMachineInstantCloneSpec{Name: "copy"}))
		clone := j.keep(object.NewVirtualMachine(j.vim(), copied.(types.ManagedObjectReference)))
		equal("copy", j.configuration(clone).Name)
	}},
	{says: "a running machine migrates", only: "vcenter", lacks: "MigrateVM_Task", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.PowerOn(j.ctx))
		hosts, err := j.compute().Hosts(j.ctx)
		must(err)
		j.done(machine.Migrate(j.ctx, nil, hosts[1], types.VirtualMachineMovePriorityDefaultPriority, ""))
		host, err := machine.HostSystem(j.ctx)
		must(err)
		equal(hosts[1].Reference(), host.Reference())
	}},
	{says: "a machine is unregistered and registered", check: func(j *journey) {
		machine := j.createMachine("driven")
		path := j.configuration(machine).Files.VmPathName
		must(machine.Unregister(j.ctx))
		back := j.done(j.folders().VmFolder.RegisterVM(j.ctx, path, "driven", false, j.pool(), j.host()))
		registered := j.keep(object.NewVirtualMachine(j.vim(), back.(types.ManagedObjectReference)))
		name, err := registered.ObjectName(j.ctx)
		must(err)
		equal("driven", name)
	}},
	{says: "several machines are powered on by their datacenter", only: "vcenter", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(j.datacenter().PowerOnVM(j.ctx, []types.ManagedObjectReference{machine.Reference()}))
		must(machine.WaitForPowerState(j.ctx, types.VirtualMachinePowerStatePoweredOn))
	}},
	{says: "the guest of a machine without tools is left alone", differs: "its machines need no VMware Tools", check: func(j *journey) {
		machine := j.createMachine("driven")
		j.done(machine.PowerOn(j.ctx))
		running, err := machine.IsToolsRunning(j.ctx)
		must(err)
		holds(!running, "no tools run")
		fails(machine.ShutdownGuest(j.ctx), "ToolsUnavailable")
	}},
}

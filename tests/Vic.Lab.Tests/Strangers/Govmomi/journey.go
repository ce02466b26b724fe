package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// A journey is one sentence's session, the first object of each kind, and what has to be taken back after it.
type journey struct {
	ctx    context.Context
	cancel context.CancelFunc
	client *govmomi.Client
	undo   []func()
}

func newJourney() *journey {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	client, err := govmomi.NewClient(ctx, address(credentials()), true)
	must(err)
	return &journey{ctx: ctx, cancel: cancel, client: client}
}

func address(user *url.Userinfo) *url.URL {
	return &url.URL{
		Scheme: "https",
		Host:   os.Getenv("VIC_TEST_SERVER") + ":" + os.Getenv("VIC_TEST_PORT"),
		Path:   "/sdk",
		User:   user,
	}
}

func credentials() *url.Userinfo {
	return url.UserPassword(os.Getenv("VIC_TEST_USER"), os.Getenv("VIC_TEST_PASSWORD"))
}

func (j *journey) close() {
	for index := len(j.undo) - 1; index >= 0; index-- {
		j.undo[index]()
	}
	_ = j.client.Logout(j.ctx)
	j.cancel()
}

// later takes something back when the sentence has been told, whatever came of it.
func (j *journey) later(undo func()) {
	j.undo = append(j.undo, undo)
}

func (j *journey) vim() *vim25.Client {
	return j.client.Client
}

func (j *journey) isVCenter() bool {
	return os.Getenv("VIC_TEST_MODEL") == "vcenter"
}

func (j *journey) finder() *find.Finder {
	return find.NewFinder(j.vim()).SetDatacenter(j.datacenter())
}

func (j *journey) datacenter() *object.Datacenter {
	datacenter, err := find.NewFinder(j.vim()).DefaultDatacenter(j.ctx)
	must(err)
	return datacenter
}

func (j *journey) folders() *object.DatacenterFolders {
	folders, err := j.datacenter().Folders(j.ctx)
	must(err)
	return folders
}

// compute is the cluster, or the one host's compute resource.
func (j *journey) compute() *object.ComputeResource {
	if j.isVCenter() {
		clusters, err := j.finder().ClusterComputeResourceList(j.ctx, "*")
		must(err)
		compute := &clusters[0].ComputeResource
		return compute
	}
	compute, err := j.finder().DefaultComputeResource(j.ctx)
	must(err)
	return compute
}

func (j *journey) pool() *object.ResourcePool {
	pool, err := j.compute().ResourcePool(j.ctx)
	must(err)
	return pool
}

func (j *journey) host() *object.HostSystem {
	hosts, err := j.compute().Hosts(j.ctx)
	must(err)
	return hosts[0]
}

func (j *journey) datastore() *object.Datastore {
	var host mo.HostSystem
	must(j.host().Properties(j.ctx, j.host().Reference(), []string{"datastore"}, &host))
	datastore := object.NewDatastore(j.vim(), host.Datastore[0])
	name, err := datastore.ObjectName(j.ctx)
	must(err)
	datastore.SetInventoryPath(fmt.Sprintf("/%s/datastore/%s", j.datacenterName(), name))
	datastore.DatacenterPath = "/" + j.datacenterName()
	return datastore
}

func (j *journey) datacenterName() string {
	name, err := j.datacenter().ObjectName(j.ctx)
	must(err)
	return name
}

func (j *journey) createMachine(name string, devices ...types.BaseVirtualDevice) *object.VirtualMachine {
	changes, err := object.VirtualDeviceList(devices).ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	must(err)
	spec := types.VirtualMachineConfigSpec{
		Name: name, NumCPUs: 1, MemoryMB: 64, GuestId: "otherGuest64", DeviceChange: changes,
		Files: &types.VirtualMachineFileInfo{VmPathName: j.datastore().Path("")},
	}
	created := j.done(j.folders().VmFolder.CreateVM(j.ctx, spec, j.pool(), j.host()))
	return j.keep(object.NewVirtualMachine(j.vim(), created.(types.ManagedObjectReference)))
}

// keep has a machine removed after the sentence.
func (j *journey) keep(machine *object.VirtualMachine) *object.VirtualMachine {
	j.later(func() {
		if task, err := machine.PowerOff(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
		if task, err := machine.Destroy(j.ctx); err == nil {
			_ = task.Wait(j.ctx)
		}
	})
	return machine
}

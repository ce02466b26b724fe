// Reads back, with govmomi alone, what New-VCH left behind: "read-vch URL VM-NAME" prints one JSON object.
// User and password come by the environment, where no process list shows them.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

type answer struct {
	Pool        string            `json:"pool"`
	Folder      string            `json:"folder"`
	PowerState  string            `json:"powerState"`
	Devices     []string          `json:"devices"`
	ExtraConfig map[string]string `json:"extraConfig"`
	Files       map[string]int64  `json:"files"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: read-vch URL VM-NAME")
		os.Exit(2)
	}
	result, err := read(context.Background(), os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		os.Exit(1)
	}
}

func read(ctx context.Context, address, name string) (*answer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	u.User = url.UserPassword(os.Getenv("VIC_TEST_USER"), os.Getenv("VIC_TEST_PASSWORD"))
	client, err := govmomi.NewClient(ctx, u, true)
	if err != nil {
		return nil, err
	}
	defer client.Logout(ctx)

	finder := find.NewFinder(client.Client, true)
	datacenter, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return nil, err
	}
	finder.SetDatacenter(datacenter)
	machine, err := finder.VirtualMachine(ctx, name)
	if err != nil {
		return nil, err
	}

	var vm mo.VirtualMachine
	properties := []string{"parent", "resourcePool", "runtime.powerState", "config.extraConfig", "config.hardware.device", "config.files", "datastore"}
	collector := property.DefaultCollector(client.Client)
	if err := collector.RetrieveOne(ctx, machine.Reference(), properties, &vm); err != nil {
		return nil, err
	}

	result := &answer{
		PowerState:  string(vm.Runtime.PowerState),
		ExtraConfig: map[string]string{},
		Files:       map[string]int64{},
	}
	if result.Pool, err = nameOf(ctx, collector, *vm.ResourcePool); err != nil {
		return nil, err
	}
	if result.Folder, err = nameOf(ctx, collector, *vm.Parent); err != nil {
		return nil, err
	}
	for _, device := range object.VirtualDeviceList(vm.Config.Hardware.Device) {
		result.Devices = append(result.Devices, object.VirtualDeviceList{}.Type(device))
	}
	for _, option := range vm.Config.ExtraConfig {
		value := option.GetOptionValue()
		result.ExtraConfig[value.Key] = fmt.Sprint(value.Value)
	}
	return result, listFiles(ctx, finder, vm, result)
}

func nameOf(ctx context.Context, collector *property.Collector, reference types.ManagedObjectReference) (string, error) {
	var entity mo.ManagedEntity
	err := collector.RetrieveOne(ctx, reference, []string{"name"}, &entity)
	return entity.Name, err
}

func listFiles(ctx context.Context, finder *find.Finder, vm mo.VirtualMachine, result *answer) error {
	var home object.DatastorePath
	home.FromString(vm.Config.Files.VmPathName)
	datastore, err := finder.Datastore(ctx, home.Datastore)
	if err != nil {
		return err
	}
	browser, err := datastore.Browser(ctx)
	if err != nil {
		return err
	}
	spec := types.HostDatastoreBrowserSearchSpec{
		MatchPattern: []string{"*"},
		Details:      &types.FileQueryFlags{FileSize: true},
	}
	task, err := browser.SearchDatastoreSubFolders(ctx, fmt.Sprintf("[%s]", home.Datastore), &spec)
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(ctx, nil)
	if err != nil {
		return err
	}
	for _, folder := range info.Result.(types.ArrayOfHostDatastoreBrowserSearchResults).HostDatastoreBrowserSearchResults {
		for _, file := range folder.File {
			base := file.GetFileInfo()
			result.Files[folder.FolderPath+"/"+base.Path] = base.FileSize
		}
	}
	return nil
}

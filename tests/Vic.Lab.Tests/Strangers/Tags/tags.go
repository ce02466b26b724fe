// Tags a virtual machine of a lab by govmomi's vapi packages, and prints what it found, a line each.
package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sort"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/mo"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	ctx := context.Background()
	user := url.UserPassword(os.Getenv("VIC_TEST_USER"), os.Getenv("VIC_TEST_PASSWORD"))
	target, err := url.Parse(os.Getenv("VIC_TEST_URL"))
	check(err)
	target.User = user
	client, err := govmomi.NewClient(ctx, target, true)
	check(err)
	hosts, err := find.NewFinder(client.Client).HostSystemList(ctx, "/Datacenter/host/Cluster/*")
	check(err)
	network, err := find.NewFinder(client.Client).Network(ctx, "/Datacenter/network/bridge")
	check(err)

	api := rest.NewClient(client.Client)
	wrong := api.Login(ctx, url.UserPassword("nobody", "wrong"))
	fmt.Println("a wrong password is refused:", wrong != nil)
	check(api.Login(ctx, user))
	session, err := api.Session(ctx)
	check(err)
	fmt.Println("user:", session.User == os.Getenv("VIC_TEST_USER"))

	manager := tags.NewManager(api)
	zone, err := manager.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE", AssociableTypes: []string{"HostSystem"}})
	check(err)
	_, twice := manager.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE"})
	fmt.Println("a second category of a name is refused:", twice != nil)
	east, err := manager.CreateTag(ctx, &tags.Tag{Name: "east", Description: "sunrise", CategoryID: "zone"})
	check(err)
	west, err := manager.CreateTag(ctx, &tags.Tag{Name: "west", CategoryID: zone})
	check(err)
	check(manager.AttachTag(ctx, east, hosts[0]))
	check(manager.AttachTag(ctx, "west", hosts[1]))
	fmt.Println("a second tag of a single category is refused:", manager.AttachTag(ctx, west, hosts[0]) != nil)
	fmt.Println("a tag for hosts is refused by a network:", manager.AttachTag(ctx, west, network) != nil)

	attached, err := manager.GetAttachedTags(ctx, hosts[0])
	check(err)
	fmt.Println("tags of the first host:", len(attached), attached[0].Name, attached[0].Description)
	objects, err := manager.ListAttachedObjects(ctx, "west")
	check(err)
	fmt.Println("objects of the second tag:", len(objects), objects[0].Reference() == hosts[1].Reference())
	several, err := manager.GetAttachedTagsOnObjects(ctx, []mo.Reference{hosts[0], hosts[1], network})
	check(err)
	for _, entry := range several {
		fmt.Println("tags of", entry.ObjectID.Reference().Type+":", len(entry.Tags))
	}

	check(manager.UpdateTag(ctx, &tags.Tag{ID: east, Name: "north"}))
	check(manager.DetachTag(ctx, west, hosts[1]))
	list, err := manager.GetTagsForCategory(ctx, "zone")
	check(err)
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	for _, tag := range list {
		on, err := manager.ListAttachedObjects(ctx, tag.ID)
		check(err)
		fmt.Println("tag", tag.Name, "on", len(on))
	}
	check(manager.DeleteCategory(ctx, &tags.Category{ID: zone}))
	left, err := manager.ListTags(ctx)
	check(err)
	fmt.Println("tags left:", len(left))
	check(api.Logout(ctx))
	gone, err := api.Session(ctx)
	check(err)
	fmt.Println("session after logout:", gone == nil)
}

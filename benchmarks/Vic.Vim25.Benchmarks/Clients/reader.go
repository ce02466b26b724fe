// What the measured reader does, with govmomi as its users call it.
//
// usage: reader <url> list
//        reader <url> calls <connections> <count>
package main

import (
	"context"
	"fmt"
	"log"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	ctx := context.Background()
	address, err := soap.ParseURL(os.Args[1])
	check(err)
	connection := soap.NewClient(address, true)
	connections := 1
	if os.Args[2] == "calls" {
		connections = number(os.Args[3])
	}

	// Go keeps two idle connections to a server; more than that would be a handshake for nearly every call.
	connection.DefaultTransport().MaxIdleConnsPerHost = connections
	connection.DefaultTransport().MaxIdleConns = connections
	vim, err := vim25.NewClient(ctx, connection)
	check(err)
	client := &govmomi.Client{Client: vim, SessionManager: session.NewManager(vim)}
	check(client.Login(ctx, url.UserPassword("reader", os.Getenv("VIC_BENCHMARK_PASSWORD"))))
	if os.Args[2] == "list" {
		list(ctx, client)
	} else {
		calls(ctx, client, connections, number(os.Args[4]))
	}
	check(client.Logout(ctx))
}

func list(ctx context.Context, client *govmomi.Client) {
	machines, err := view.NewManager(client.Client).CreateContainerView(ctx, client.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	check(err)
	var found []mo.VirtualMachine
	check(machines.Retrieve(ctx, []string{"VirtualMachine"}, []string{"name", "runtime.powerState", "config.extraConfig"}, &found))
	check(machines.Destroy(ctx))
	running, options, characters := 0, 0, 0
	for _, machine := range found {
		characters += len(machine.Name)
		if machine.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn {
			running++
		}
		for _, option := range machine.Config.ExtraConfig {
			value := option.GetOptionValue()
			options++
			characters += len(value.Key) + len(value.Value.(string))
		}
	}
	fmt.Printf("%d machines, %d running, %d options, %d characters\n", len(found), running, options, characters)
}

func calls(ctx context.Context, client *govmomi.Client, connections, count int) {
	repeat(ctx, client, connections, count/connections/10+1)
	start := time.Now()
	repeat(ctx, client, connections, count/connections)
	fmt.Printf("%.0f\n", float64(count/connections*connections)/time.Since(start).Seconds())
}

func repeat(ctx context.Context, client *govmomi.Client, connections, count int) {
	var all sync.WaitGroup
	for connection := 0; connection < connections; connection++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for call := 0; call < count; call++ {
				_, err := methods.GetCurrentTime(ctx, client)
				check(err)
			}
		}()
	}
	all.Wait()
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

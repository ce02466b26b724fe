// A vCenter played by govmomi's simulator (vcsim): a stranger to this repository's client.
// It prints the address and the certificate's SHA-256 on one line and runs until its standard input ends.
package main

import (
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"strconv"

	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator" // serves tags
)

func main() {
	model := simulator.VPX()
	if len(os.Args) > 1 && os.Args[1] == "esx" {
		model = simulator.ESX()
	}
	if len(os.Args) > 2 {
		// As many machines as asked for in one pool.
		machines, err := strconv.Atoi(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		model.Host, model.Machine = 0, machines
	}
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}
	model.Service.Listen = &url.URL{User: url.UserPassword(os.Getenv("SIMULATOR_USER"), os.Getenv("SIMULATOR_PASSWORD"))}
	model.Service.TLS = new(tls.Config)
	model.Service.RegisterEndpoints = true
	server := model.Service.NewServer()
	certificate := sha256.Sum256(server.TLS.Certificates[0].Certificate[0])
	fmt.Printf("https://%s/sdk %X\n", server.URL.Host, certificate)
	io.Copy(io.Discard, os.Stdin)
	server.Close()
	model.Remove()
}

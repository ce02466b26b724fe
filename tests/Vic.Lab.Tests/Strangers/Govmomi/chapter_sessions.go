package main

import (
	"net/url"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/session/keepalive"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
)

// stranger is a client without a session.
func (j *journey) stranger() *vim25.Client {
	client, err := vim25.NewClient(j.ctx, soap.NewClient(address(nil), true))
	must(err)
	return client
}

var sessions = []sentence{
	{says: "a wrong password is refused", check: func(j *journey) {
		_, err := govmomi.NewClient(j.ctx, address(url.UserPassword(credentials().Username(), "wrong")), true)
		fails(err, "InvalidLogin")
	}},
	{says: "a session knows its user", check: func(j *journey) {
		current, err := session.NewManager(j.vim()).UserSession(j.ctx)
		must(err)
		equal(credentials().Username(), current.UserName)
	}},
	{says: "a session is cloned by a ticket", only: "vcenter", check: func(j *journey) {
		ticket, err := session.NewManager(j.vim()).AcquireCloneTicket(j.ctx)
		must(err)
		clone := session.NewManager(j.stranger())
		must(clone.CloneSession(j.ctx, ticket))
		current, err := clone.UserSession(j.ctx)
		must(err)
		equal(credentials().Username(), current.UserName)
		must(clone.Logout(j.ctx))
		fails(session.NewManager(j.stranger()).CloneSession(j.ctx, ticket), "InvalidLogin")
	}},
	{says: "a session is kept alive by the client", check: func(j *journey) {
		client := j.stranger()
		kept := make(chan error, 1)
		manager := session.NewManager(client)
		client.RoundTripper = keepalive.NewHandlerSOAP(client.RoundTripper, time.Millisecond, func() error {
			_, err := methods.GetCurrentTime(j.ctx, client.Client)
			select {
			case kept <- err:
			default:
			}
			return err
		})
		must(manager.Login(j.ctx, credentials()))
		must(<-kept)
		must(manager.Logout(j.ctx))
	}},
}

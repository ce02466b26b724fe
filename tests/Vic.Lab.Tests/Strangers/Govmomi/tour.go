// Drives a vSphere by Debian's govmomi, chapter by chapter, and prints as JSON what came of each sentence: "" where it held.
// Server and credentials come by environment: VIC_TEST_KIND (lab or simulator), _MODEL (vcenter or esx), _SERVER, _PORT, _USER, _PASSWORD.
// Arguments name the chapters; without any, all are told.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime/debug"
	"strings"

	"github.com/vmware/govmomi/task"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// A sentence is a promise and its check. It holds on every server, save where it declares what govmomi's simulator does otherwise.
type sentence struct {
	says    string
	check   func(*journey)
	only    string // the one model that it is about, "vcenter" or "esx"
	lacks   string // the method that the simulator does not implement; the runner verifies that it says so
	differs string // why the simulator's answer is not vSphere's; the runner verifies that the check fails there
}

var chapters = map[string][]sentence{
	"authorization": authorization,
	"datastores":    datastores,
	"finder":        finder,
	"guests":        guests,
	"hosts":         hosts,
	"machines":      machines,
	"networks":      networks,
	"pools":         pools,
	"properties":    properties,
	"services":      services,
	"sessions":      sessions,
	"tags":          tagging,
	"views":         views,
}

func main() {
	names := os.Args[1:]
	if len(names) == 0 {
		for name := range chapters {
			names = append(names, name)
		}
	}
	report := make(map[string]map[string]string)
	for _, name := range names {
		report[name] = make(map[string]string)
		for _, s := range chapters[name] {
			if s.only == "" || s.only == os.Getenv("VIC_TEST_MODEL") {
				report[name][s.says] = s.tell()
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		log.Fatal(err)
	}
}

// tell answers the failure, or the empty text.
func (s sentence) tell() string {
	failure := s.attempt()
	if os.Getenv("VIC_TEST_KIND") != "simulator" {
		return failure.text
	}
	switch {
	case s.lacks != "":
		return verifyLack(s.lacks, failure)
	case s.differs != "" && failure.text == "":
		return "the simulator answers as vSphere does by now: the declaration that it does not is stale"
	case s.differs != "":
		return ""
	}
	return failure.text
}

type outcome struct {
	err  error
	text string
}

func (s sentence) attempt() (result outcome) {
	defer func() {
		if raised := recover(); raised != nil {
			err, _ := raised.(error)
			result = outcome{err, fmt.Sprintf("%v\n%s", raised, debug.Stack())}
		}
	}()
	j := newJourney()
	defer j.close()
	s.check(j)
	return outcome{}
}

func verifyLack(method string, failure outcome) string {
	switch fault := faultOf(failure.err).(type) {
	case types.MethodNotFound:
		if fault.Method == method {
			return ""
		}
	case types.InvalidRequest:
		if strings.Contains(failure.text, fmt.Sprintf("no vmomi type defined for '%s'", method)) {
			return ""
		}
	case types.NotImplemented:
		return ""
	}
	return fmt.Sprintf("the simulator was declared to lack %s, but: %s", method, failure.text)
}

// faultOf answers the vim25 fault of a call or a task, or nil.
func faultOf(err error) interface{} {
	for ; err != nil; err = errors.Unwrap(err) {
		if soap.IsSoapFault(err) {
			return soap.ToSoapFault(err).VimFault()
		}
		if soap.IsVimFault(err) {
			return value(soap.ToVimFault(err))
		}
		if ended, ok := err.(task.Error); ok {
			return value(ended.Fault())
		}
	}
	return nil
}

package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// must ends the sentence when a call failed.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// fails demands that a call ended with one of these faults, which are given by their types' names.
func fails(err error, faults ...string) {
	name := "no fault"
	if fault := faultOf(err); fault != nil {
		name = reflect.TypeOf(fault).Name()
	}
	for _, wanted := range faults {
		if name == wanted {
			return
		}
	}
	panic(fmt.Errorf("expected %s, not %s: %w", strings.Join(faults, " or "), name, err))
}

// done waits for a task and answers its result.
func (j *journey) done(task *object.Task, err error) types.AnyType {
	must(err)
	info, err := task.WaitForResult(j.ctx)
	must(err)
	return info.Result
}

// failure waits for a task that ends with a fault, or was refused at once.
func (j *journey) failure(task *object.Task, err error) error {
	if err == nil {
		err = task.Wait(j.ctx)
	}
	return err
}

func equal(expected, actual interface{}) {
	if !reflect.DeepEqual(expected, actual) {
		panic(fmt.Sprintf("expected %#v, not %#v", expected, actual))
	}
}

func holds(condition bool, what string) {
	if !condition {
		panic("it does not hold that " + what)
	}
}

func contains(part string, whole []string) {
	for _, one := range whole {
		if one == part {
			return
		}
	}
	panic(fmt.Sprintf("%q is not in %q", part, whole))
}

func sorted(names []string) []string {
	sort.Strings(names)
	return names
}

func value(fault interface{}) interface{} {
	pointed := reflect.ValueOf(fault)
	if pointed.Kind() == reflect.Ptr {
		return pointed.Elem().Interface()
	}
	return fault
}

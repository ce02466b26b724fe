package main

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

func (j *journey) authorization() *object.AuthorizationManager {
	return object.NewAuthorizationManager(j.vim())
}

func (j *journey) role(name string) *types.AuthorizationRole {
	roles, err := j.authorization().RoleList(j.ctx)
	must(err)
	return roles.ByName(name)
}

func (j *journey) addRole(name string) *types.AuthorizationRole {
	_, err := j.authorization().AddRole(j.ctx, name, []string{"VirtualMachine.Interact.PowerOn"})
	must(err)
	j.later(func() {
		if role := j.role(name); role != nil {
			_ = j.authorization().RemoveRole(j.ctx, role.RoleId, false)
		}
	})
	return j.role(name)
}

func (j *journey) disable(entity types.ManagedObjectReference, source string, methods ...string) {
	var requests []object.DisabledMethodRequest
	for _, method := range methods {
		requests = append(requests, object.DisabledMethodRequest{Method: method, Reason: "a tour"})
	}
	must(j.authorization().DisableMethods(j.ctx, []types.ManagedObjectReference{entity}, requests, source))
	j.later(func() {
		_ = j.authorization().EnableMethods(j.ctx, []types.ManagedObjectReference{entity}, methods, source)
	})
}

var authorization = []sentence{
	{says: "roles are added, changed and removed", check: func(j *journey) {
		role := j.addRole("toured")
		contains("VirtualMachine.Interact.PowerOn", role.Privilege)
		must(j.authorization().UpdateRole(j.ctx, role.RoleId, "toured", []string{"VirtualMachine.Interact.PowerOff"}))
		contains("VirtualMachine.Interact.PowerOff", j.role("toured").Privilege)
		must(j.authorization().RemoveRole(j.ctx, role.RoleId, true))
		holds(j.role("toured") == nil, "the role is gone")
	}},
	{says: "permissions are set, retrieved and removed", check: func(j *journey) {
		role, entity := j.addRole("toured"), j.datacenter().Reference()
		granted := types.Permission{Principal: "someone", RoleId: role.RoleId, Propagate: true}
		must(j.authorization().SetEntityPermissions(j.ctx, entity, []types.Permission{granted}))
		found, err := j.authorization().RetrieveEntityPermissions(j.ctx, entity, false)
		must(err)
		equal("someone", found[0].Principal)
		all, err := j.authorization().RetrieveAllPermissions(j.ctx)
		must(err)
		holds(len(all) > 1, "all permissions are told")
		must(j.authorization().RemoveEntityPermission(j.ctx, entity, "someone", false))
		found, err = j.authorization().RetrieveEntityPermissions(j.ctx, entity, false)
		must(err)
		equal(0, len(found))
	}},
	{says: "a user's privileges are fetched", check: func(j *journey) {
		user := credentials().Username()
		found, err := j.authorization().FetchUserPrivilegeOnEntities(j.ctx, []types.ManagedObjectReference{j.host().Reference()}, user)
		must(err)
		equal(1, len(found))
		contains("VirtualMachine.Interact.PowerOn", found[0].Privileges)
	}},
	{says: "a method that is disabled is refused until it is enabled", only: "vcenter", lacks: "DisableMethods", check: func(j *journey) {
		machine := j.createMachine("guarded")
		entity := []types.ManagedObjectReference{machine.Reference()}
		j.disable(machine.Reference(), "tour", "PowerOnVM_Task")
		fails(j.failure(machine.PowerOn(j.ctx)), "MethodDisabled")
		must(j.authorization().EnableMethods(j.ctx, entity, []string{"PowerOnVM_Task"}, "tour"))
		j.done(machine.PowerOn(j.ctx))
	}},
	{says: "disabled methods are told with who disabled them", only: "vcenter", lacks: "QueryDisabledMethods", check: func(j *journey) {
		machine := j.createMachine("guarded")
		before, err := queryDisabledMethods(j.ctx, j.vim(), j.authorization().Reference(), machine.Reference())
		must(err)
		equal(0, len(before))
		j.disable(machine.Reference(), "tour", "Destroy_Task", "RelocateVM_Task")
		found, err := queryDisabledMethods(j.ctx, j.vim(), j.authorization().Reference(), machine.Reference())
		must(err)
		var methods []string
		for _, one := range found {
			equal("tour", one.Source)
			methods = append(methods, one.Method)
		}
		equal([]string{"Destroy_Task", "RelocateVM_Task"}, sorted(methods))
	}},
}

package main

import (
	"github.com/vmware/govmomi/vapi/rest"
	"github.com/vmware/govmomi/vapi/tags"
)

func (j *journey) tags() *tags.Manager {
	client := rest.NewClient(j.vim())
	must(client.Login(j.ctx, credentials()))
	j.later(func() { must(client.Logout(j.ctx)) })
	return tags.NewManager(client)
}

var tagging = []sentence{
	{says: "a wrong password opens no REST session", only: "vcenter", check: func(j *journey) {
		holds(rest.NewClient(j.vim()).Login(j.ctx, nil) != nil, "nobody is let in without a name")
	}},
	{says: "a host has no tags", only: "esx", check: func(j *journey) {
		holds(rest.NewClient(j.vim()).Login(j.ctx, credentials()) != nil, "a host has no REST sessions")
	}},
	{says: "a tag is made, attached, listed and taken off", only: "vcenter", check: func(j *journey) {
		manager := j.tags()
		category, err := manager.CreateCategory(j.ctx, &tags.Category{
			Name: "tour", Cardinality: "MULTIPLE", AssociableTypes: []string{"VirtualMachine"}})
		must(err)
		j.later(func() { must(manager.DeleteCategory(j.ctx, &tags.Category{ID: category})) })
		tag, err := manager.CreateTag(j.ctx, &tags.Tag{Name: "toured", CategoryID: category})
		must(err)
		machine := j.createMachine("tagged")
		must(manager.AttachTag(j.ctx, tag, machine.Reference()))
		attached, err := manager.GetAttachedTags(j.ctx, machine.Reference())
		must(err)
		equal(1, len(attached))
		equal("toured", attached[0].Name)
		objects, err := manager.ListAttachedObjects(j.ctx, tag)
		must(err)
		equal(machine.Reference(), objects[0].Reference())
		must(manager.DetachTag(j.ctx, tag, machine.Reference()))
		attached, err = manager.GetAttachedTags(j.ctx, machine.Reference())
		must(err)
		equal(0, len(attached))
	}},
}

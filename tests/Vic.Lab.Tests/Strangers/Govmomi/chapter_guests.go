package main

import (
	"github.com/vmware/govmomi/guest"
	"github.com/vmware/govmomi/vim25/types"
)

var login = &types.NamePasswordAuthentication{Username: "name", Password: "word"}

// guest of a machine that is on and has no VMware Tools.
func (j *journey) guest() *guest.OperationsManager {
	machine := j.createMachine("guest")
	j.done(machine.PowerOn(j.ctx))
	return guest.NewOperationsManager(j.vim(), machine.Reference())
}

var guests = []sentence{
	{says: "credentials need a guest", differs: "its authentication manager is not there", check: func(j *journey) {
		authentication, err := j.guest().AuthManager(j.ctx)
		must(err)
		fails(authentication.ValidateCredentials(j.ctx, login), "GuestOperationsUnavailable")
	}},
	{says: "a program needs a guest", lacks: "StartProgramInGuest", check: func(j *journey) {
		processes, err := j.guest().ProcessManager(j.ctx)
		must(err)
		_, err = processes.StartProgram(j.ctx, login, &types.GuestProgramSpec{ProgramPath: "/bin/true"})
		fails(err, "GuestOperationsUnavailable")
	}},
	{says: "processes need a guest", lacks: "ListProcessesInGuest", check: func(j *journey) {
		processes, err := j.guest().ProcessManager(j.ctx)
		must(err)
		_, err = processes.ListProcesses(j.ctx, login, nil)
		fails(err, "GuestOperationsUnavailable")
	}},
	{says: "a process to end needs a guest", lacks: "TerminateProcessInGuest", check: func(j *journey) {
		processes, err := j.guest().ProcessManager(j.ctx)
		must(err)
		fails(processes.TerminateProcess(j.ctx, login, 1), "GuestOperationsUnavailable")
	}},
	{says: "a directory needs a guest", lacks: "MakeDirectoryInGuest", check: func(j *journey) {
		files, err := j.guest().FileManager(j.ctx)
		must(err)
		fails(files.MakeDirectory(j.ctx, login, "/tmp/d", false), "GuestOperationsUnavailable")
	}},
	{says: "files to read and to write need a guest", check: func(j *journey) {
		files, err := j.guest().FileManager(j.ctx)
		must(err)
		_, err = files.InitiateFileTransferFromGuest(j.ctx, login, "/etc/passwd")
		fails(err, "GuestOperationsUnavailable", "OperationNotSupportedByGuest")
		_, err = files.InitiateFileTransferToGuest(j.ctx, login, "/tmp/f", &types.GuestPosixFileAttributes{}, 1, true)
		fails(err, "GuestOperationsUnavailable", "OperationNotSupportedByGuest")
	}},
}

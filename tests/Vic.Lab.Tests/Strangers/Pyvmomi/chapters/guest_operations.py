"""GuestOperationsManager with its authentication, processes and files. No guest runs in these machines, so each call says so."""
from pyVmomi import vim

from checks import done, expect
from sentences import sentence

CREDENTIALS = vim.vm.guest.NamePasswordAuthentication(username="name", password="word", interactiveSession=False)
OFF, NO_TOOLS = vim.fault.InvalidPowerState, vim.fault.GuestOperationsUnavailable


def running(journey):
    machine = journey.create_machine("guest")
    done(machine.PowerOnVM_Task())
    return machine


def processes(journey):
    return journey.content.guestOperationsManager.processManager


def files(journey):
    return journey.content.guestOperationsManager.fileManager


@sentence(simulator_differs="its authentication manager is not there")
def credentials_need_a_guest(journey):
    authentication = journey.content.guestOperationsManager.authManager
    machine = journey.create_machine("guest")
    expect((OFF, NO_TOOLS), authentication.ValidateCredentialsInGuest, machine, CREDENTIALS)
    done(machine.PowerOnVM_Task())
    expect(NO_TOOLS, authentication.ValidateCredentialsInGuest, machine, CREDENTIALS)


@sentence(simulator_lacks="StartProgramInGuest")
def a_program_needs_a_guest(journey):
    spec = vim.vm.guest.ProcessManager.ProgramSpec(programPath="/bin/true", arguments="")
    expect(NO_TOOLS, processes(journey).StartProgramInGuest, running(journey), CREDENTIALS, spec)


@sentence(simulator_lacks="ListProcessesInGuest")
def processes_need_a_guest(journey):
    expect(NO_TOOLS, processes(journey).ListProcessesInGuest, running(journey), CREDENTIALS, None)


@sentence(simulator_lacks="TerminateProcessInGuest")
def a_process_to_end_needs_a_guest(journey):
    expect(NO_TOOLS, processes(journey).TerminateProcessInGuest, running(journey), CREDENTIALS, 1)


@sentence(simulator_lacks="MakeDirectoryInGuest")
def a_directory_needs_a_guest(journey):
    expect(NO_TOOLS, files(journey).MakeDirectoryInGuest, running(journey), CREDENTIALS, "/tmp/d", False)


@sentence
def a_file_to_read_needs_a_guest(journey):
    expect((NO_TOOLS, vim.fault.OperationNotSupportedByGuest), files(journey).InitiateFileTransferFromGuest, running(journey), CREDENTIALS, "/etc/passwd")


@sentence
def a_file_to_write_needs_a_guest(journey):
    attributes = vim.vm.guest.FileManager.PosixFileAttributes()
    expect((NO_TOOLS, vim.fault.OperationNotSupportedByGuest), files(journey).InitiateFileTransferToGuest,
           running(journey), CREDENTIALS, "/tmp/f", attributes, 1, True)

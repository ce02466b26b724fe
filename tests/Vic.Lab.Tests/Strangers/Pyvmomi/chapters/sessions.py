"""ServiceInstance and SessionManager."""
from pyVim.connect import Disconnect
from pyVmomi import SoapStubAdapter, vim, vmodl

from checks import equal, expect
from journey import TLS
from sentences import sentence


def stranger(journey):
    """A connection without a session."""
    stub = SoapStubAdapter(host=journey.address, port=journey.port, version="vim.version.version12", sslContext=TLS)
    return vim.ServiceInstance("ServiceInstance", stub)


@sentence
def what_a_server_is_can_be_asked_before_login(journey):
    about = stranger(journey).RetrieveContent().about
    equal("VirtualCenter" if journey.is_vcenter else "HostAgent", about.apiType)
    assert about.version and about.build and about.fullName


@sentence
def everything_else_needs_a_session(journey):
    content = stranger(journey).RetrieveContent()
    expect(vim.fault.NotAuthenticated, content.viewManager.CreateContainerView, content.rootFolder, [], True)


@sentence
def the_clock_is_readable(journey):
    assert journey.service.CurrentTime().tzinfo is not None


@sentence
def a_wrong_password_is_refused(journey):
    expect(vim.fault.InvalidLogin, journey.connect, journey.user, "wrong")


@sentence
def a_session_that_is_none_cannot_be_terminated(journey):
    expect(vim.fault.NotFound, journey.content.sessionManager.TerminateSession, ["52000000-0000-0000-0000-000000000000"])


@sentence
def a_ticket_for_one_request_to_a_service_is_issued(journey):
    spec = vim.SessionManager.HttpServiceRequestSpec(method="httpGet", url="https://%s/folder/a?dcPath=b&dsName=c" % journey.host.name)
    ticket = journey.content.sessionManager.AcquireGenericServiceTicket(spec)
    assert ticket.id


@sentence
def a_session_ends_with_its_logout(journey):
    service = journey.connect()
    content = service.RetrieveContent()
    equal(journey.user, content.sessionManager.currentSession.userName)
    Disconnect(service)
    expect(vim.fault.NotAuthenticated, content.viewManager.CreateContainerView, content.rootFolder, [], True)


@sentence(on="vcenter")
def whether_a_session_is_active_can_be_asked(journey):
    manager, other = journey.content.sessionManager, journey.connect()
    key = other.content.sessionManager.currentSession.key
    assert manager.SessionIsActive(key, journey.user)
    Disconnect(other)
    assert not manager.SessionIsActive(key, journey.user)


@sentence
def a_session_is_terminated_by_another(journey):
    other = journey.connect().RetrieveContent()
    journey.content.sessionManager.TerminateSession([other.sessionManager.currentSession.key])
    expect(vim.fault.NotAuthenticated, other.viewManager.CreateListView)


@sentence
def nobody_terminates_their_own_session(journey):
    manager = journey.content.sessionManager
    expect(vmodl.fault.InvalidArgument, manager.TerminateSession, [manager.currentSession.key])


@sentence(on="vcenter")
def a_session_is_cloned_once_by_its_ticket(journey):
    ticket = journey.content.sessionManager.AcquireCloneTicket()
    service = stranger(journey)
    manager = service.RetrieveContent().sessionManager
    clone = manager.CloneSession(ticket)
    journey.later(manager.Logout)
    equal(journey.user, clone.userName)
    assert clone.key != journey.content.sessionManager.currentSession.key
    expect(vim.fault.InvalidLogin, stranger(journey).RetrieveContent().sessionManager.CloneSession, ticket)


@sentence
def a_session_that_is_open_refuses_a_second_login(journey):
    service = journey.visit()
    expect((vim.fault.InvalidLogin, vim.fault.InvalidState), service.content.sessionManager.Login, journey.user, journey.password)

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

"""ExtensionManager."""
import datetime

from pyVmomi import vim, vmodl

from checks import contains, equal, expect, lacks
from sentences import sentence

KEY = "com.vmware.vic.tour"


def extension(version="1.0"):
    description = vim.Description(label="Tour", summary="A tour")
    return vim.Extension(key=KEY, version=version, description=description, lastHeartbeatTime=datetime.datetime.now(datetime.timezone.utc))


def register(journey):
    journey.content.extensionManager.RegisterExtension(extension())
    journey.later(drop, journey)


def drop(journey):
    if journey.content.extensionManager.FindExtension(KEY):
        journey.content.extensionManager.UnregisterExtension(KEY)


@sentence(on="esx")
def a_host_has_no_extensions(journey):
    equal(None, journey.content.extensionManager)


@sentence(on="vcenter", simulator_lacks="RegisterExtension")
def an_extension_is_registered_and_found(journey):
    register(journey)
    equal(("1.0", "Tour"), (journey.content.extensionManager.FindExtension(KEY).version,
                            journey.content.extensionManager.FindExtension(KEY).description.label))
    contains(KEY, [known.key for known in journey.content.extensionManager.extensionList])


@sentence(on="vcenter", simulator_lacks="RegisterExtension")
def an_extension_is_registered_once(journey):
    register(journey)
    expect((vmodl.fault.InvalidArgument, vim.fault.AlreadyExists), journey.content.extensionManager.RegisterExtension, extension())


@sentence(on="vcenter", simulator_lacks="RegisterExtension")
def an_extension_is_updated(journey):
    register(journey)
    journey.content.extensionManager.UpdateExtension(extension("2.0"))
    equal("2.0", journey.content.extensionManager.FindExtension(KEY).version)


@sentence(on="vcenter", simulator_lacks="UpdateExtension")
def an_extension_that_is_none_is_not_updated(journey):
    expect(vim.fault.NotFound, journey.content.extensionManager.UpdateExtension, extension())


@sentence(on="vcenter", simulator_lacks="RegisterExtension")
def an_extension_is_unregistered(journey):
    register(journey)
    journey.content.extensionManager.UnregisterExtension(KEY)
    equal(None, journey.content.extensionManager.FindExtension(KEY))
    lacks(KEY, [known.key for known in journey.content.extensionManager.extensionList])


@sentence(on="vcenter", simulator_lacks="UnregisterExtension")
def an_extension_that_is_none_is_not_unregistered(journey):
    expect(vim.fault.NotFound, journey.content.extensionManager.UnregisterExtension, KEY)

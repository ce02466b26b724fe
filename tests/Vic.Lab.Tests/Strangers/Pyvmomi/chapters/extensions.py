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

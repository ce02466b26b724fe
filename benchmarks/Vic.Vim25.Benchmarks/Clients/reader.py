# What the measured reader does, with pyvmomi as its users call it.
#
# usage: reader.py <host> <port> list
#        reader.py <host> <port> calls 1 <count>
import os
import ssl
import sys
import time

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim, vmodl

PAGE = 500


def inventory(content):
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    collector = vmodl.query.PropertyCollector
    traversal = collector.TraversalSpec(name="view", type=vim.view.ContainerView, path="view", skip=False)
    spec = collector.FilterSpec(
        objectSet=[collector.ObjectSpec(obj=view, skip=True, selectSet=[traversal])],
        propSet=[collector.PropertySpec(type=vim.VirtualMachine, pathSet=["name", "runtime.powerState", "config.extraConfig"])],
    )
    found = []
    page = content.propertyCollector.RetrievePropertiesEx([spec], collector.RetrieveOptions(maxObjects=PAGE))
    while page:
        found.extend(page.objects)
        page = content.propertyCollector.ContinueRetrievePropertiesEx(page.token) if page.token else None
    view.Destroy()
    running = options = characters = 0
    for machine in found:
        values = {item.name: item.val for item in machine.propSet}
        characters += len(values["name"])
        running += values["runtime.powerState"] == "poweredOn"
        for option in values["config.extraConfig"]:
            options += 1
            characters += len(option.key) + len(option.value)
    return "%d machines, %d running, %d options, %d characters" % (len(found), running, options, characters)


def calls(service, count):
    for _ in range(count // 10):
        service.CurrentTime()
    start = time.monotonic()
    for _ in range(count):
        service.CurrentTime()
    return "%.0f" % (count / (time.monotonic() - start))


instance = SmartConnect(
    host=sys.argv[1],
    port=int(sys.argv[2]),
    user="reader",
    pwd=os.environ["VIC_BENCHMARK_PASSWORD"],
    sslContext=ssl._create_unverified_context(),
)
print(inventory(instance.RetrieveContent()) if sys.argv[3] == "list" else calls(instance, int(sys.argv[5])))
Disconnect(instance)

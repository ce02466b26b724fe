# A stranger's tour of the lab with pyvmomi. Each step asserts what a vSphere answers; the name of the last step is in the traceback.
# Server and credentials come by environment: VIC_TEST_SERVER, _PORT, _USER, _PASSWORD.
import base64
import os
import ssl
import urllib.error
import urllib.request

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

SERVER, PORT = os.environ["VIC_TEST_SERVER"], int(os.environ["VIC_TEST_PORT"])
USER, PASSWORD = os.environ["VIC_TEST_USER"], os.environ["VIC_TEST_PASSWORD"]
TLS = ssl._create_unverified_context()


def connect(password=PASSWORD):
    return SmartConnect(host=SERVER, port=PORT, user=USER, pwd=password, sslContext=TLS)


def expect(fault, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except fault as raised:
        return raised
    raise AssertionError("no %s" % fault.__name__)


def find(content, kind, name=None):
    view = content.viewManager.CreateContainerView(content.rootFolder, [kind], True)
    found = [entity for entity in view.view if name in (None, entity.name)]
    view.Destroy()
    return found[0]


def unlimited():
    shares = vim.SharesInfo(level="normal", shares=0)
    return vim.ResourceAllocationInfo(reservation=0, limit=-1, expandableReservation=True, shares=shares)


def sessions():
    expect(vim.fault.InvalidLogin, connect, "wrong")
    service = connect()
    root = service.content.rootFolder
    Disconnect(service)
    expect(vim.fault.NotAuthenticated, lambda: root.name)


def network_backing(content):
    network = find(content, vim.Network, "VM Network")
    card = vim.vm.device.VirtualEthernetCard
    if isinstance(network, vim.dvs.DistributedVirtualPortgroup):
        switch = network.config.distributedVirtualSwitch.uuid
        return card.DistributedVirtualPortBackingInfo(port=vim.dvs.PortConnection(portgroupKey=network.key, switchUuid=switch))
    return card.NetworkBackingInfo(deviceName=network.name)


def machine_spec(content):
    device = vim.vm.device
    disk = device.VirtualDisk.FlatVer2BackingInfo(fileName="", diskMode="persistent", thinProvisioned=True)
    devices = [
        (None, device.ParaVirtualSCSIController(key=100, busNumber=0, sharedBus="noSharing")),
        (None, device.VirtualIDEController(key=200, busNumber=0)),
        (None, device.VirtualVmxnet3(key=-1, backing=network_backing(content),
                                     slotInfo=device.VirtualDevice.PciBusSlotInfo(pciSlotNumber=1184))),
        ("create", device.VirtualDisk(key=-2, controllerKey=100, unitNumber=0, capacityInKB=65536, backing=disk)),
    ]
    return vim.vm.ConfigSpec(
        name="toured", numCPUs=2, memoryMB=256, guestId="other64Guest", files=vim.vm.FileInfo(vmPathName="[datastore1]"),
        extraConfig=[vim.option.OptionValue(key="guestinfo.a", value="1"),
                     vim.option.OptionValue(key="guestinfo.ovfEnv", value="secret")],
        deviceChange=[device.VirtualDeviceSpec(operation="add", fileOperation=operation, device=added) for operation, added in devices])


def options(machine):
    return {option.key: option.value for option in machine.config.extraConfig}


def machines(content):
    datacenter = find(content, vim.Datacenter)
    parent = find(content, vim.ResourcePool)
    pool = parent.CreateResourcePool("tour", vim.ResourceConfigSpec(cpuAllocation=unlimited(), memoryAllocation=unlimited()))
    assert expect(vim.fault.DuplicateName, parent.CreateResourcePool, "tour", pool.config).name == "tour"

    task = datacenter.vmFolder.CreateVM_Task(config=machine_spec(content), pool=pool)
    WaitForTask(task)
    machine = task.info.result
    assert machine.config.files.vmPathName == "[datastore1] toured/toured.vmx"
    disk = [device for device in machine.config.hardware.device if isinstance(device, vim.vm.device.VirtualDisk)][0]
    assert disk.unitNumber == 0 and disk.backing.fileName == "[datastore1] toured/toured.vmdk", disk.backing.fileName
    assert options(machine)["guestinfo.a"] == "1"
    assert "guestinfo.ovfEnv" not in options(machine)

    WaitForTask(machine.PowerOnVM_Task())
    assert machine.summary.runtime.powerState == "poweredOn"
    expect(vim.fault.InvalidPowerState, lambda: WaitForTask(machine.PowerOnVM_Task()))
    expect(vim.fault.InvalidPowerState, lambda: WaitForTask(machine.Destroy_Task()))

    version = machine.config.changeVersion
    removed, added = vim.option.OptionValue(key="guestinfo.a", value=""), vim.option.OptionValue(key="guestinfo.b", value="2")
    WaitForTask(machine.ReconfigVM_Task(vim.vm.ConfigSpec(extraConfig=[removed, added])))
    assert "guestinfo.a" not in options(machine) and options(machine)["guestinfo.b"] == "2"
    stale = vim.vm.ConfigSpec(changeVersion=version, annotation="late")
    expect(vim.fault.ConcurrentAccess, lambda: WaitForTask(machine.ReconfigVM_Task(stale)))

    WaitForTask(machine.PowerOffVM_Task())
    WaitForTask(machine.Destroy_Task())
    expect(vmodl.fault.ManagedObjectNotFound, lambda: machine.name)
    WaitForTask(pool.Destroy_Task())


def http(method, path, datacenter, data=None, headers=None):
    url = "https://%s:%d/folder/%s?dcPath=%s&dsName=datastore1" % (SERVER, PORT, path, datacenter)
    login = base64.b64encode(("%s:%s" % (USER, PASSWORD)).encode()).decode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Authorization": "Basic " + login, **(headers or {})})
    try:
        with urllib.request.urlopen(request, context=TLS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


def files(content):
    datacenter = find(content, vim.Datacenter)
    manager = content.fileManager
    manager.MakeDirectory("[datastore1] d/e", datacenter, True)
    expect(vim.fault.FileAlreadyExists, manager.MakeDirectory, "[datastore1] d", datacenter)
    assert http("PUT", "d/e/f.txt", datacenter.name, b"hello world")[0] == 201
    assert http("GET", "d/e/f.txt", datacenter.name) == (200, b"hello world")
    assert http("GET", "d/e/f.txt", datacenter.name, headers={"Range": "bytes=6-"}) == (206, b"world")
    assert http("GET", "d/nope", datacenter.name)[0] == 404
    assert http("GET", "%2e%2e/%2e%2e/etc/passwd", datacenter.name)[0] in (400, 403, 404)

    browser = find(content, vim.Datastore, "datastore1").browser
    task = browser.SearchDatastoreSubFolders_Task("[datastore1] d", None)
    WaitForTask(task)
    found = {(folder.folderPath, file.path) for folder in task.info.result for file in folder.file}
    assert ("[datastore1] d/e/", "f.txt") in found or ("[datastore1] d/e", "f.txt") in found, found
    WaitForTask(manager.DeleteDatastoreFile_Task("[datastore1] d", datacenter))
    assert http("GET", "d/e/f.txt", datacenter.name)[0] == 404


def main():
    sessions()
    service = connect()
    try:
        machines(service.content)
        files(service.content)
    finally:
        Disconnect(service)
    print("the tour is complete")


main()

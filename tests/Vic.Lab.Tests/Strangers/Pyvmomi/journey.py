"""One server as the chapters see it: a session, the first object of each kind, and what has to be taken back after a sentence."""
import base64
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim

from checks import done

TLS = ssl._create_unverified_context()


class Journey:
    def __init__(self):
        self.server, self.model = os.environ["VIC_TEST_KIND"], os.environ["VIC_TEST_MODEL"]
        self.address, self.port = os.environ["VIC_TEST_SERVER"], int(os.environ["VIC_TEST_PORT"])
        self.user, self.password = os.environ["VIC_TEST_USER"], os.environ["VIC_TEST_PASSWORD"]
        self._undo = []
        self.service = self.connect()
        self.content = self.service.RetrieveContent()

    @property
    def is_vcenter(self):
        return self.model == "vcenter"

    def connect(self, user=None, password=None):
        """A session of its own; the sentence, or the end of it, closes it."""
        return SmartConnect(
            host=self.address, port=self.port, user=user or self.user, pwd=password or self.password, sslContext=TLS)

    def visit(self, user=None, password=None):
        """A second session that ends with the sentence."""
        service = self.connect(user, password)
        self.later(Disconnect, service)
        return service

    def close(self):
        Disconnect(self.service)

    def later(self, call, *arguments):
        """Takes something back when the sentence has been told, whatever came of it."""
        self._undo.append((call, arguments))

    def tidy(self):
        """Takes everything back, the last first; answers what could not be."""
        failures = []
        while self._undo:
            call, arguments = self._undo.pop()
            try:
                call(*arguments)
            except Exception as failure:  # pylint: disable=broad-except
                failures.append(failure)
        return failures

    def all(self, *kinds, below=None):
        view = self.content.viewManager.CreateContainerView(below or self.content.rootFolder, list(kinds), True)
        try:
            return list(view.view)
        finally:
            view.Destroy()

    def first(self, kind, name=None):
        return next(entity for entity in self.all(kind) if name in (None, entity.name))

    @property
    def datacenter(self):
        return self.first(vim.Datacenter)

    @property
    def compute(self):
        kind = vim.ClusterComputeResource if self.is_vcenter else vim.ComputeResource
        return next(compute for compute in self.all(kind) if compute.host)

    @property
    def pool(self):
        return self.compute.resourcePool

    @property
    def host(self):
        return self.compute.host[0]

    @property
    def datastore(self):
        return self.host.datastore[0]

    def path(self, path=""):
        """A path on the first datastore."""
        return "[%s] %s" % (self.datastore.name, path)

    def create_pool(self, name, parent=None, cpu=None, memory=None):
        spec = vim.ResourceConfigSpec(cpuAllocation=cpu or allocation(), memoryAllocation=memory or allocation())
        pool = (parent or self.pool).CreateResourcePool(name, spec)
        self.later(destroy, pool)
        return pool

    def create_machine(self, name, pool=None, folder=None, devices=(), **configuration):
        configuration.setdefault("files", vim.vm.FileInfo(vmPathName="[%s]" % self.datastore.name))
        configuration.setdefault("guestId", "otherGuest64")
        spec = vim.vm.ConfigSpec(name=name, numCPUs=1, memoryMB=64, deviceChange=list(devices), **configuration)
        machine = done((folder or self.datacenter.vmFolder).CreateVM_Task(spec, pool or self.pool, self.host))
        self.later(remove, machine)
        return machine

    def http(self, method, path, data=None, headers=None):
        """A call of the datastore's HTTP access; answers status and body."""
        query = urllib.parse.urlencode({"dcPath": self.datacenter.name, "dsName": self.datastore.name})
        return self.fetch(method, "https://%s:%d/folder/%s?%s" % (self.address, self.port, path, query), data, headers)

    def fetch(self, method, url, data=None, headers=None):
        login = base64.b64encode(("%s:%s" % (self.user, self.password)).encode()).decode()
        request = urllib.request.Request(url, data=data, method=method, headers={"Authorization": "Basic " + login, **(headers or {})})
        try:
            with urllib.request.urlopen(request, context=TLS) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, b""


def allocation(reservation=0, limit=-1, expandable=True, level="normal", shares=4000):
    return vim.ResourceAllocationInfo(
        reservation=reservation, limit=limit, expandableReservation=expandable, shares=vim.SharesInfo(level=level, shares=shares))


def resources(cpu=None, memory=None):
    return vim.ResourceConfigSpec(cpuAllocation=cpu or allocation(), memoryAllocation=memory or allocation())


def exists(entity):
    try:
        return entity.name is not None
    except vim.fault.NotFound:
        return False
    except Exception as fault:  # pylint: disable=broad-except
        if type(fault).__name__ == "vmodl.fault.ManagedObjectNotFound":
            return False
        raise


def destroy(entity):
    if exists(entity):
        done(entity.Destroy_Task())


def remove(machine):
    """Powers a machine off and destroys it, unless it is gone."""
    if not exists(machine):
        return
    if machine.runtime.powerState != "poweredOff":
        done(machine.PowerOffVM_Task())
    done(machine.Destroy_Task())

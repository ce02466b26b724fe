# A stranger's tour with pyvmomi: log in, list the VMs by a container view, read a VCH's guestinfo, power one VM off.
# usage: tour.py VCH-NAME VM-TO-POWER-OFF   (server and credentials come by environment)
import json
import os
import ssl
import sys

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim


def main(vch_name, victim_name):
    context = ssl._create_unverified_context()
    service = SmartConnect(host=os.environ["VIC_TEST_SERVER"], port=int(os.environ["VIC_TEST_PORT"]),
                           user=os.environ["VIC_TEST_USER"], pwd=os.environ["VIC_TEST_PASSWORD"], sslContext=context)
    try:
        content = service.RetrieveContent()
        view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
        machines = {machine.name: machine for machine in view.view}
        view.Destroy()
        vch = machines[vch_name]
        guestinfo = {option.key: option.value for option in vch.config.extraConfig if option.key.startswith("guestinfo.")}
        victim = next(machine for name, machine in machines.items() if name.startswith(victim_name))
        before = victim.runtime.powerState
        WaitForTask(victim.PowerOffVM_Task())
        print(json.dumps({
            "api": content.about.apiType,
            "machines": sorted(machines),
            "vch": vch._moId,
            "guestinfo": guestinfo,
            "before": before,
            "after": victim.runtime.powerState,
        }))
    finally:
        Disconnect(service)


main(*sys.argv[1:])

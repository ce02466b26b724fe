# Changes a virtual machine's power, power.py PowerOn|ResetVM_Task NAME, by a part of its name that no other has; prints its power state.
import os, ssl, sys
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
server = SmartConnect(
    host=os.environ["VIC_TEST_SERVER"], port=int(os.environ["VIC_TEST_PORT"]), user=os.environ["VIC_TEST_USER"],
    pwd=os.environ["VIC_TEST_PASSWORD"], sslContext=context)
content = server.RetrieveContent()
view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
operation, name = sys.argv[1:]
[machine] = [machine for machine in view.view if name in machine.name]
WaitForTask(getattr(machine, operation)())
print(machine.runtime.powerState)
Disconnect(server)

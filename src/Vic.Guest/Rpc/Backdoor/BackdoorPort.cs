using Vic.Guest.Hardware;
using Vic.Guest.Linux;

namespace Vic.Guest.Rpc.Backdoor;

/// <summary>The port of this machine. To be used only where <see cref="Hypervisor.IsVmware"/>: elsewhere the instruction ends the process.</summary>
internal sealed unsafe class BackdoorPort : IBackdoorPort
{
    private const int AllPorts = 3;

    public void Call(ref BackdoorRegisters registers)
    {
        // The permission belongs to a thread, and continuations run on any.
        LinuxException.Check(NativePorts.iopl(AllPorts), "iopl");
        fixed (BackdoorRegisters* first = &registers)
            NativePorts.vic_backdoor((uint*)first);
    }
}

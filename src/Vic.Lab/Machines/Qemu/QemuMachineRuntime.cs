namespace Vic.Lab.Machines.Qemu;

/// <summary>Runs each machine in a QEMU process of its own.</summary>
internal sealed class QemuMachineRuntime(QemuResources resources) : IMachineRuntime
{
    public IMachine Create(MachineConfiguration configuration, IMachineObserver observer) => new QemuMachine(configuration, observer, resources);
}

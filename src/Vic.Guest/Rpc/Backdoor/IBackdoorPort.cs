namespace Vic.Guest.Rpc.Backdoor;

/// <summary>VMware's backdoor: reading an I/O port with a magic number in a register calls the hypervisor.</summary>
internal interface IBackdoorPort
{
    /// <summary>Calls the hypervisor, which changes the registers.</summary>
    void Call(ref BackdoorRegisters registers);
}

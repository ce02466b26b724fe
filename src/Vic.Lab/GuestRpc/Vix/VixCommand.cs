namespace Vic.Lab.GuestRpc.Vix;

/// <summary>Operation codes of the VIX protocol (open-vm-tools, lib/include/vixCommands.h).</summary>
internal enum VixCommand
{
    CreateDirectory = 178,
    StartProgram = 185,
    ListProcesses = 186,
    TerminateProcess = 193,
}

using System.Runtime.InteropServices;

namespace Vic.Guest.Rpc.Backdoor;

/// <summary>The six registers that go into the backdoor and come out changed, in the order in which the native code takes them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct BackdoorRegisters(uint Ax, uint Bx, uint Cx, uint Dx, uint Si, uint Di);

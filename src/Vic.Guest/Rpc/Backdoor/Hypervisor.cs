using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Vic.Guest.Rpc.Backdoor;

/// <summary>Which hypervisor runs this machine, as the processor tells (VMware, "Mechanisms to determine if software is running in a VMware virtual machine").</summary>
public static class Hypervisor
{
    private const int FeatureLeaf = 1;
    private const int HypervisorLeaf = 0x40000000;
    private const int HypervisorBit = 1 << 31;
    private const string Vmware = "VMwareVMware";

    /// <summary>Whether it is VMware's, so that there is a backdoor.</summary>
    public static bool IsVmware => X86Base.IsSupported && IsVmwareBy(X86Base.CpuId);

    /// <summary>The same, by what the CPUID instruction gives for a leaf: eax, ebx, ecx, edx.</summary>
    internal static bool IsVmwareBy(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuId)
    {
        if ((cpuId(FeatureLeaf, 0).Ecx & HypervisorBit) == 0)
            return false;
        var leaf = cpuId(HypervisorLeaf, 0);
        ReadOnlySpan<int> name = [leaf.Ebx, leaf.Ecx, leaf.Edx];
        return Encoding.ASCII.GetString(MemoryMarshal.AsBytes(name)) == Vmware;
    }
}

using System.Management.Automation;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchRequestCmdlet
{
    /// <summary>Virtual CPUs of the endpoint VM.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int EndpointCpu { get; set; } = 1;

    /// <summary>Memory of the endpoint VM in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0.25, 1024)]
    public double EndpointMemoryGB { get; set; } = 2;

    /// <summary>The CPU limit of the VCH and its containers in MHz.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? CpuLimitMhz { get; set; }

    /// <summary>The CPU reservation in MHz.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuReservationMhz { get; set; }

    /// <summary>The memory limit of the VCH and its containers in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0.25, 1048576)]
    public double? MemLimitGB { get; set; }

    /// <summary>The memory reservation in gigabytes.</summary>
    [Parameter]
    [ValidateRange(0, 1048576)]
    public double? MemReservationGB { get; set; }
}

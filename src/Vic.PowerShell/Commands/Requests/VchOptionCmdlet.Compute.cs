using System.Management.Automation;
using Vic.Engine.Requests;
using Vic.Vim25;

namespace Vic.PowerShell.Commands.Requests;

public abstract partial class VchOptionCmdlet
{
    /// <summary>Virtual CPUs of the endpoint VM; 1 without it.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? EndpointCpu { get; set; }

    /// <summary>Memory of the endpoint VM in gigabytes; 2 without it.</summary>
    [Parameter]
    [ValidateRange(0.25, 1024)]
    public double? EndpointMemoryGB { get; set; }

    /// <summary>The CPU limit of the VCH and its containers in MHz; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuLimitMhz { get; set; }

    /// <summary>The CPU reservation in MHz; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? CpuReservationMhz { get; set; }

    /// <summary>The weight of the VCH's CPU among its siblings.</summary>
    [Parameter]
    public SharesLevel? CpuSharesLevel { get; set; }

    /// <summary>The number of CPU shares, with the level <c>Custom</c>.</summary>
    [Parameter]
    public int? NumCpuShares { get; set; }

    /// <summary>The memory limit of the VCH and its containers in gigabytes; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1048576)]
    public double? MemLimitGB { get; set; }

    /// <summary>The memory reservation in gigabytes; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1048576)]
    public double? MemReservationGB { get; set; }

    /// <summary>The weight of the VCH's memory among its siblings.</summary>
    [Parameter]
    public SharesLevel? MemSharesLevel { get; set; }

    /// <summary>The number of memory shares, with the level <c>Custom</c>.</summary>
    [Parameter]
    public int? NumMemShares { get; set; }

    /// <summary>Keeps the endpoint and its containers in a DRS group with the VCH's name, for affinity rules.</summary>
    [Parameter]
    public SwitchParameter UseVMGroup { get; set; }

    private ComputeRequest Apply(ComputeRequest request) => request with
    {
        EndpointCpus = EndpointCpu ?? request.EndpointCpus,
        EndpointMemoryMB = Megabytes(EndpointMemoryGB) ?? request.EndpointMemoryMB,
        CpuLimitMhz = CpuLimitMhz is null ? request.CpuLimitMhz : OrNone(CpuLimitMhz),
        CpuReservationMhz = CpuReservationMhz is null ? request.CpuReservationMhz : OrNone(CpuReservationMhz),
        CpuShares = ShareRequest.Of(CpuSharesLevel, NumCpuShares) ?? request.CpuShares,
        MemoryLimitMB = MemLimitGB is null ? request.MemoryLimitMB : OrNone(Megabytes(MemLimitGB)),
        MemoryReservationMB = MemReservationGB is null ? request.MemoryReservationMB : OrNone(Megabytes(MemReservationGB)),
        MemoryShares = ShareRequest.Of(MemSharesLevel, NumMemShares) ?? request.MemoryShares,
        UseVmGroup = IsGiven(nameof(UseVMGroup)) ? UseVMGroup : request.UseVmGroup,
    };

    private static long? OrNone(long? value) => value == 0 ? null : value;

    private static long? Megabytes(double? gigabytes) => gigabytes is { } value ? (long)Math.Round(value * 1024) : null;
}

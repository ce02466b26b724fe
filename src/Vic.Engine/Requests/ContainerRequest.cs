using Vic.Configuration;

namespace Vic.Engine.Requests;

/// <summary>How the container VMs of a VCH are named, counted and connected.</summary>
public sealed record ContainerRequest
{
    /// <summary>The display name of a container VM, with <c>{name}</c> or <c>{id}</c> in it.</summary>
    public string NameConvention { get; init; } = ContainerConfiguration.DefaultNameConvention;

    /// <summary>How many containers there may be; 0 for no limit.</summary>
    public int Limit { get; init; }

    /// <summary>Port groups that containers may join besides the bridge.</summary>
    public IReadOnlyList<ContainerNetworkRequest> Networks { get; init; } = [];
}

using Vic.Engine.Deployment;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>What a change is to do.</summary>
internal sealed record ChangeWork
{
    /// <summary>The kind of the roll-back point, as <see cref="RollbackPoint"/> has them.</summary>
    public required string Kind { get; init; }

    /// <summary>What is done while the endpoint still serves, such as uploads; it pushes how it is taken back.</summary>
    public Func<CompensationStack, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Changes the endpoint VM, which is off; null when it need not be touched.</summary>
    public Func<CancellationToken, Task>? Apply { get; init; }

    /// <summary>What the pool may take from now on; null when that does not change.</summary>
    public ResourceConfigSpec? Limits { get; init; }

    /// <summary>What clients of the changed endpoint expect; null when that does not change.</summary>
    public EndpointTls? Tls { get; init; }

    /// <summary>How long the endpoint may take to serve again.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Roll-back points that are not needed any more once it is done.</summary>
    public required Func<IReadOnlyList<RollbackPoint>, IEnumerable<RollbackPoint>> Obsolete { get; init; }
}

using Vic.Endpoint.Api.Streams;

namespace Vic.Endpoint.Containers.Logs;

/// <summary>A piece of a container's output; pieces need not be whole lines.</summary>
/// <param name="Time">When the guest read it from the process.</param>
/// <param name="Channel">Where the process wrote it.</param>
/// <param name="Bytes">What it wrote.</param>
public sealed record LogEntry(DateTimeOffset Time, OutputChannel Channel, ReadOnlyMemory<byte> Bytes);

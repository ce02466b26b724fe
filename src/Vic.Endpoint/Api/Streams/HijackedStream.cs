namespace Vic.Endpoint.Api.Streams;

/// <summary>A connection that left HTTP: what the client types, and where its output goes.</summary>
/// <param name="Input">Ends when the client closes its writing side.</param>
/// <param name="Output">What the client reads.</param>
public sealed record HijackedStream(Stream Input, Stream Output);

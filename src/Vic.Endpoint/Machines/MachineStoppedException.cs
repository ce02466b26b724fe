namespace Vic.Endpoint.Machines;

/// <summary>A VM went off where a running one was needed.</summary>
public sealed class MachineStoppedException(string message, Exception? inner = null) : Exception(message, inner);

namespace Vic.Vim25;

/// <summary>One round trip to a server that has ended.</summary>
/// <param name="MethodName">The method that was called.</param>
/// <param name="Target">The object that it was called on.</param>
/// <param name="Elapsed">From the request to the end of the response.</param>
/// <param name="Failure">The type of the fault or error that it ended with; null when it succeeded.</param>
public sealed record VimCallReport(string MethodName, ManagedObjectReference Target, TimeSpan Elapsed, string? Failure);

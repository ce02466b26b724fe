namespace Vic.Lab.Api;

/// <summary>One call that arrived at the lab.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="SessionKey">The key of its session, empty for a call without one.</param>
/// <param name="Method">The method's name on the wire.</param>
/// <param name="Target">The managed object it was made on, as <c>type:value</c>.</param>
public sealed record VimCall(long Number, string SessionKey, string Method, string Target);

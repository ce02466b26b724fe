namespace Vic.Engine.Validation;

/// <summary>What one check has found.</summary>
/// <param name="Name">What was looked at, the same in every release: <c>Location</c>, <c>Firewall</c>.</param>
/// <param name="State">How it ended.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">What to do about it; null when there is nothing to do, or the message says it.</param>
/// <param name="Option">The option that causes a failure, as the cmdlets name it; null for what is not in an option's power.</param>
public sealed record ValidationCheck(string Name, CheckState State, string Message, string? Remedy = null, string? Option = null);

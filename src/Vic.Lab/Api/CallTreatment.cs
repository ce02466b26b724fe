namespace Vic.Lab.Api;

/// <summary>What a fault plan has in store for one call.</summary>
/// <param name="Failure">How it goes wrong; null when it does not.</param>
/// <param name="Delay">How long it waits before it is carried out, whether or not its caller waits too.</param>
internal readonly record struct CallTreatment(CallFailure? Failure, TimeSpan Delay);

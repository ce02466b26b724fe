namespace Vic.Endpoint.Hosting;

/// <summary>The endpoint cannot start.</summary>
/// <param name="step">What it was about to do.</param>
/// <param name="reason">Why it could not.</param>
internal sealed class StartException(string step, Exception reason) : Exception($"cannot {step}: {reason.Message}", reason);

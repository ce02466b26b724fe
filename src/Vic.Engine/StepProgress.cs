namespace Vic.Engine;

/// <summary>What an operation does at the moment.</summary>
/// <param name="Step">The step in words, for example <c>Uploading appliance.iso</c>.</param>
/// <param name="Percent">How much of the step is done, 0 to 100; null when that is not known.</param>
public readonly record struct StepProgress(string Step, int? Percent = null);

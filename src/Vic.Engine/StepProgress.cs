namespace Vic.Engine;

/// <summary>What an operation does at the moment, or something that its user should know.</summary>
/// <param name="Step">The step in words, for example <c>Uploading appliance.iso</c>.</param>
/// <param name="Percent">How much of the step is done, 0 to 100; null when that is not known.</param>
/// <param name="IsWarning">Whether this is no step but a warning; what was under way goes on.</param>
public readonly record struct StepProgress(string Step, int? Percent = null, bool IsWarning = false)
{
    /// <summary>A warning in one or two sentences.</summary>
    public static StepProgress Warning(string text) => new(text, IsWarning: true);
}

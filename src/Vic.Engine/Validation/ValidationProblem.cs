namespace Vic.Engine.Validation;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Option">The option that causes it, as the cmdlets name it.</param>
/// <param name="Message">What is wrong and what to pass instead.</param>
public sealed record ValidationProblem(string Option, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"-{Option}: {Message}";
}

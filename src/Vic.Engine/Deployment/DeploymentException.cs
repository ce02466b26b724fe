namespace Vic.Engine.Deployment;

/// <summary>A VCH could not be created. What was half made is gone again, unless the error names it.</summary>
public sealed class DeploymentException : VicException
{
    internal DeploymentException(string name, Exception cause, IReadOnlyList<string> leftBehind)
        : base(
            VicErrors.Explain(cause).ErrorId,
            VicErrors.Explain(cause).Kind,
            Describe(name, VicErrors.Explain(cause), leftBehind),
            cause)
    {
        LeftBehind = leftBehind;
        Target = name;
        RecommendedAction = leftBehind.Count > 0 ? "Remove what is named, in this order, with the vSphere Client, or deploy again under another name." : VicErrors.Explain(cause).RecommendedAction;
    }

    /// <summary>What could not be removed again; usually empty.</summary>
    public IReadOnlyList<string> LeftBehind { get; }

    private static string Describe(string name, VicException cause, IReadOnlyList<string> leftBehind) =>
        leftBehind.Count == 0
            ? $"'{name}' was not created: {cause.Message}"
            : $"'{name}' was not created: {cause.Message} This could not be taken back: {string.Join("; ", leftBehind)}.";
}

namespace Vic.Engine.Changes;

/// <summary>A VCH could not be changed. It is as it was before, unless the error names what is not.</summary>
public sealed class ChangeException : VicException
{
    internal ChangeException(string name, Exception cause, IReadOnlyList<string> left)
        : base(VicErrors.Explain(cause).ErrorId, VicErrors.Explain(cause).Kind, Describe(name, VicErrors.Explain(cause), left), cause)
    {
        Left = left;
        Target = name;
        RecommendedAction = left.Count > 0
            ? $"See in the vSphere Client what holds it up; then take the rest back: Set-VCH {name} -ResetProgress"
            : VicErrors.Explain(cause).RecommendedAction;
    }

    /// <summary>What could not be taken back; usually empty.</summary>
    public IReadOnlyList<string> Left { get; }

    private static string Describe(string name, VicException cause, IReadOnlyList<string> left) => left.Count == 0
        ? $"'{name}' was not changed and is as it was before: {cause.Message}"
        : $"'{name}' could not be changed: {cause.Message} This could not be taken back: {string.Join("; ", left)}.";
}

namespace Vic.Engine.Validation;

/// <summary>A request cannot be carried out; every problem that was found is listed.</summary>
public sealed class ValidationException : VicException
{
    /// <summary>Creates the error of one or more problems.</summary>
    /// <param name="name">What the request is about.</param>
    /// <param name="problems">The problems.</param>
    /// <param name="verb">What cannot be done to it: <c>created</c>, <c>changed</c>.</param>
    public ValidationException(string name, IReadOnlyList<ValidationProblem> problems, string verb = "created")
        : base("ValidationFailed", VicErrorKind.InvalidInput, Describe(name, problems, verb))
    {
        Problems = problems;
        Target = name;
    }

    /// <summary>The problems, in the order of the checks.</summary>
    public IReadOnlyList<ValidationProblem> Problems { get; }

    private static string Describe(string name, IReadOnlyList<ValidationProblem> problems, string verb) =>
        $"'{name}' cannot be {verb} as asked:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}";
}

namespace Vic.Engine.Validation;

/// <summary>A request cannot be carried out; every problem that was found is listed.</summary>
public sealed class ValidationException : VicException
{
    /// <summary>Creates the error of one or more problems.</summary>
    public ValidationException(string name, IReadOnlyList<ValidationProblem> problems)
        : base("ValidationFailed", VicErrorKind.InvalidInput, Describe(name, problems))
    {
        Problems = problems;
        Target = name;
    }

    /// <summary>The problems, in the order of the checks.</summary>
    public IReadOnlyList<ValidationProblem> Problems { get; }

    private static string Describe(string name, IReadOnlyList<ValidationProblem> problems) =>
        $"'{name}' cannot be created as asked:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}";
}

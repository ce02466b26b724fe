namespace Vic.Engine.Validation;

/// <summary>Collects problems, so that the user sees all of them at once.</summary>
internal sealed class ProblemList
{
    private readonly List<ValidationProblem> _problems = [];

    public void Add(string option, string message) => _problems.Add(new ValidationProblem(option, message));

    public void ThrowIfAny(string name)
    {
        if (_problems.Count > 0)
        {
            throw new ValidationException(name, _problems);
        }
    }
}

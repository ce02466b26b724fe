namespace Vic.Engine.Validation;

/// <summary>Collects what all checks find, so that the user sees everything at once.</summary>
internal sealed class CheckList
{
    private readonly List<ValidationCheck> _checks = [];
    private string _current = "";
    private string? _passed;
    private int _first;

    /// <summary>The checks so far, in their order; one that found several things has several entries.</summary>
    public IReadOnlyList<ValidationCheck> Checks
    {
        get
        {
            Finish();
            return _checks;
        }
    }

    /// <summary>Begins a check; what is found from now on belongs to it, until the next begins.</summary>
    public void Begin(string name)
    {
        Finish();
        _current = name;
        _first = _checks.Count;
    }

    /// <summary>Says what the current check has found, for the case that it finds nothing wrong.</summary>
    public void Pass(string message) => _passed = message;

    /// <summary>The current check has found something that may be a surprise later.</summary>
    public void Warn(string message, string remedy) => _checks.Add(new ValidationCheck(_current, CheckState.Warning, message, remedy));

    /// <summary>The current check has found what makes the request impossible.</summary>
    /// <param name="option">The option that causes it.</param>
    /// <param name="message">What is wrong and what to pass instead.</param>
    public void Fail(string option, string message) => _checks.Add(new ValidationCheck(_current, CheckState.Failed, message, Option: option));

    /// <param name="name">What the request is about.</param>
    /// <param name="verb">What cannot be done to it.</param>
    /// <exception cref="ValidationException">A check has failed.</exception>
    public void ThrowIfAny(string name, string verb = "created")
    {
        var problems = Checks.Where(check => check.State == CheckState.Failed).Select(check => new ValidationProblem(check.Option!, check.Message)).ToList();
        if (problems.Count > 0)
        {
            throw new ValidationException(name, problems, verb);
        }
    }

    private void Finish()
    {
        if (_passed is { } message && _checks.Count == _first)
        {
            _checks.Add(new ValidationCheck(_current, CheckState.Passed, message));
        }

        _passed = null;
        _first = _checks.Count;
    }
}

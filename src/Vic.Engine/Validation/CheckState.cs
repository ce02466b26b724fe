namespace Vic.Engine.Validation;

/// <summary>How a check ended.</summary>
public enum CheckState
{
    /// <summary>All is well.</summary>
    Passed,

    /// <summary>A VCH can be created, and something about it will not be as one might expect.</summary>
    Warning,

    /// <summary>No VCH can be created as asked.</summary>
    Failed,
}

using Vic.Engine.Validation;

namespace Vic.PowerShell.Output;

/// <summary>What one check has found about a VCH, or about one that is to be created.</summary>
public sealed class VchCheck
{
    internal VchCheck(string vch, ValidationCheck check)
    {
        VCH = vch;
        Name = check.Name;
        State = check.State;
        Message = check.Message;
        Remedy = check.Remedy;
        Parameter = check.Option;
    }

    /// <summary>The name of the VCH.</summary>
    public string VCH { get; }

    /// <summary>What was looked at: <c>Location</c>, <c>Firewall</c>; the same in every release.</summary>
    public string Name { get; }

    /// <summary><c>Passed</c>, <c>Warning</c> or <c>Failed</c>.</summary>
    public CheckState State { get; }

    /// <summary>What was found.</summary>
    public string Message { get; }

    /// <summary>What to do about it; empty when there is nothing to do, or the message says it.</summary>
    public string? Remedy { get; }

    /// <summary>The parameter that causes a failure; empty for what is not in a parameter's power.</summary>
    public string? Parameter { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {State}";
}

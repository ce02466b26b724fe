using System.Management.Automation;

namespace Vic.PowerShell.Tests.Hosting;

/// <summary>What a script has written.</summary>
/// <param name="Output">Its objects; none when an error ended it.</param>
/// <param name="Errors">All its errors.</param>
/// <param name="Fatal">The one that ended it, or null.</param>
/// <param name="Warnings">Its warnings.</param>
internal sealed record ScriptResult(
    IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, ErrorRecord? Fatal, IReadOnlyList<string> Warnings)
{
    /// <summary>The output as text, one line an object.</summary>
    public string Text => string.Join('\n', Output);

    public ScriptResult AssertSucceeded()
    {
        Assert.True(Errors.Count == 0, string.Join('\n', Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}\n{error.ScriptStackTrace}\n{error.Exception}")));
        return this;
    }

    /// <summary>The only error, which must have an id.</summary>
    public ErrorRecord AssertError(string errorId)
    {
        var error = Assert.Single(Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        return error;
    }
}

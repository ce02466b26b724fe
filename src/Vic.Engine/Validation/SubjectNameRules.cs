using Vic.Engine.Certificates;

namespace Vic.Engine.Validation;

/// <summary>Reads the names that clients dial.</summary>
internal static class SubjectNameRules
{
    /// <returns>The names; null, and a problem, when one of them is none.</returns>
    public static IReadOnlyList<SubjectName>? Read(IEnumerable<string> texts, CheckList checks)
    {
        var names = new List<SubjectName>();
        foreach (var text in texts)
        {
            if (SubjectName.TryParse(text) is not { } name)
            {
                checks.Fail("TlsCommonName", $"'{text}' is neither a DNS name nor an IP address.");
                return null;
            }

            names.Add(name);
        }

        return names;
    }
}

using System.Reflection;

namespace Vic.Engine;

/// <summary>The version that a VCH configuration and an ISO carry: <c>v&lt;semver&gt;-&lt;build&gt;-&lt;commit&gt;</c>.</summary>
public static class ProductVersion
{
    /// <summary>The version of this build, for example <c>v0.1.0-0-1a2b3c4</c>.</summary>
    public static string Current { get; } = Describe(
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0");

    /// <summary>Reduces a version to its semantic part, for comparison: no leading <c>v</c>, nothing after the first dash.</summary>
    public static string SemanticPart(string version)
    {
        var text = version.Trim().TrimStart('v', 'V');
        var end = text.IndexOfAny(['-', '+']);
        return (end < 0 ? text : text.Substring(0, end)).ToLowerInvariant();
    }

    /// <summary>True when two versions are the same release, whatever commit they were built from.</summary>
    public static bool SameRelease(string left, string right) =>
        string.Equals(SemanticPart(left), SemanticPart(right), StringComparison.Ordinal);

    /// <summary>Below 0 when the left is the older release, 0 when they are the same, above 0 when it is the newer one; null when one is no version.</summary>
    public static int? Compare(string left, string right) =>
        Version.TryParse(SemanticPart(left), out var first) && Version.TryParse(SemanticPart(right), out var second) ? first.CompareTo(second) : null;

    private static string Describe(string informational)
    {
        var plus = informational.IndexOf('+');
        var commit = plus < 0 ? "" : informational.Substring(plus + 1);
        return $"v{SemanticPart(informational)}-0-{(commit.Length >= 7 ? commit.Substring(0, 7) : "0000000")}";
    }
}

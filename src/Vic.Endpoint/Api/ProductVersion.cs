using System.Reflection;

namespace Vic.Endpoint.Api;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>The product's name.</summary>
    public const string Product = "VIC for PowerShell";

    private static readonly string Informational =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Major, minor and patch.</summary>
    public static string Number { get; } = Informational.Split('+')[0];

    /// <summary>The commit, when the build knew it.</summary>
    public static string Commit { get; } = Informational.Split('+') is [_, { Length: >= 7 } commit, ..] ? commit[..7] : "";
}

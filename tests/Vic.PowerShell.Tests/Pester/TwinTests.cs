using System.Reflection;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>What the suites for Pester promise is promised by tests that run wherever the project is built.</summary>
public sealed class TwinTests
{
    public static TheoryData<string> Suites { get; } = [.. PesterSuite.All];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_It_of_a_Pester_suite_has_a_test_of_the_same_title(string suite)
    {
        var tests = typeof(TwinTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);
        var titles = PesterSuite.TitlesOf(suite);

        Assert.NotEmpty(titles);
        Assert.Equal(titles.Distinct(), titles);
        Assert.Equal([], titles.Select(PesterSuite.MethodNameOf).Except(tests, StringComparer.Ordinal));
    }
}

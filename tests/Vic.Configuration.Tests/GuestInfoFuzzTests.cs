using System.Text;
using Vic.Testing.Fuzzing;

namespace Vic.Configuration.Tests;

/// <summary>Keys that a guest, or a broken tool, has written give a configuration or a typed error, in bounded memory.</summary>
public sealed class GuestInfoFuzzTests
{
    private static readonly SecretKey Key = SecretKey.Generate();

    private static readonly FuzzTarget Keys = new(
        "guestinfo",
        FuzzGrammar.Lines(
            "guestinfo.vice./networks=a|b|c\n", "guestinfo.vice..execs=|\n", "8191\n", "=-1\n", "=8192\n", "|||||||||||||||||||||||||||||||\n", "guestinfo.vice./mounts=",
            "~=3\n", "99999999999999999999\n", "=<nil>\n", "=\n", "\0\n"),
        ReadKeys)
    {
        IsDocumented = exception => exception is GuestConfigurationException,

        // A list tells its length and may leave out its items, which then all have their defaults; the number of look-ups is what bounds them.
        FixedAllowance = 128 << 20,
    };

    [Fact]
    public void Damaged_keys_give_a_configuration_or_a_typed_error() => Run(FuzzSize.Test);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_keys_give_a_configuration_or_a_typed_error() => Run(FuzzSize.Soak);

    private static void Run(int count) => TestContext.Current.TestOutputHelper!.WriteLine($"measured: {Keys.Run(count)}");

    private static bool ReadKeys(byte[] input)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(input).Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                keys[line[..equals]] = line[(equals + 1)..];
        }

        ExecutorConfiguration.Read(new GuestInfoReader(keys, Key), GuestInfoKey.Root);
        VirtualContainerHostConfiguration.Read(new GuestInfoReader(keys, Key));
        return true;
    }
}

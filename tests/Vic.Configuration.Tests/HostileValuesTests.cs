using CsCheck;
using Vic.Configuration.Tests.Samples;

namespace Vic.Configuration.Tests;

public sealed class HostileValuesTests
{
    private static readonly string[] NastyValues =
        ["", "-1", "2147483647", "99999999999999999999", "|", "||||||", "a|b|c", "<nil>", "true", "....", "@", "\0", "=", "AAAA", "0", "8191", "1|1|1"];

    [Fact]
    public void Any_values_under_the_known_keys_give_a_configuration_or_a_typed_error()
    {
        var names = Sample.Load("container.txt").Keys.ToArray();
        var genValue = Gen.OneOf(Pick(NastyValues), Gen.String[Gen.Char, 0, 40]);
        Gen.Select(Pick(names), genValue).Array[1, 12].Sample(
            changes =>
            {
                var keys = Sample.Load("container.txt").ToDictionary();
                foreach (var (name, value) in changes)
                    keys[name] = value;
                try
                {
                    ExecutorConfiguration.Read(new GuestInfoReader(keys), GuestInfoKey.Root);
                }
                catch (GuestConfigurationException error)
                {
                    Assert.NotEmpty(error.Key);
                }
            },
            seed: "0000KeyFuzz1",
            iter: 2000);
    }

    [Fact]
    public void Nested_lists_cannot_multiply_without_end()
    {
        var names = string.Join("|", Enumerable.Range(0, 4000));

        var error = Assert.Throws<GuestConfigurationException>(() => ExecutorConfiguration.Read(
            new GuestInfoReader(name => name switch
            {
                _ when name.EndsWith("/networks", StringComparison.Ordinal) => names,
                _ when name.EndsWith("/dns", StringComparison.Ordinal) => "8191",
                _ => null,
            }),
            GuestInfoKey.Root));

        Assert.Contains("too many keys", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8192")]
    [InlineData("-1")]
    [InlineData("x")]
    public void A_list_with_an_impossible_length_is_refused(string last) =>
        Assert.Throws<GuestConfigurationException>(() => Read("guestinfo.vice./networks|bridge/network/dns", last));

    [Fact]
    public void A_value_of_more_than_a_megabyte_is_refused() =>
        Assert.Throws<GuestConfigurationException>(() => Read("guestinfo.vice./hostname", new string('x', (1 << 20) + 1)));

    [Fact]
    public void An_argument_may_contain_the_separator()
    {
        var container = new ExecutorConfiguration();
        container.Sessions["a"] = new SessionConfiguration { Arguments = ["sh", "-c", "yes | head -1 || true", ""] };
        var key = SecretKey.Generate();

        var keys = GuestInfoSet.Of(container, key);
        var read = ExecutorConfiguration.Read(new GuestInfoReader(keys, key), GuestInfoKey.Root);

        Assert.Equal("sh|-c|yes | head -1 || true|", keys["guestinfo.vice./sessions|a/cmd/Args~"]);
        Assert.Equal(container.Sessions["a"].Arguments, read.Sessions["a"].Arguments);
    }

    [Fact]
    public void Any_list_of_texts_comes_back()
    {
        Gen.String[Gen.Char["ab|~@<nil> "], 0, 6].List[0, 6].Sample(
            list =>
            {
                var keys = new Dictionary<string, string>();
                var key = GuestInfoKey.Root.Child("x", GuestInfoScope.ReadOnly);
                new GuestInfoWriter((name, value) => keys[name] = value).Texts(key, list);
                return new GuestInfoReader(keys).Texts(key, []).SequenceEqual(list);
            },
            iter: 2000);
    }

    [Fact]
    public void A_map_key_with_a_separator_is_refused_when_written()
    {
        var container = new ExecutorConfiguration();
        container.Annotations["a|b"] = "x";

        Assert.Throws<GuestConfigurationException>(() => GuestInfoSet.Of(container, SecretKey.Generate()));
    }

    private static Gen<string> Pick(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ExecutorConfiguration Read(string name, string value)
    {
        var keys = Sample.Load("container.txt").ToDictionary();
        keys[name] = value;
        return ExecutorConfiguration.Read(new GuestInfoReader(keys), GuestInfoKey.Root);
    }
}

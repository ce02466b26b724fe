using Vic.Engine.Documents;
using Vic.Engine.Requests;

namespace Vic.Engine.Tests.Documents;

/// <summary>A configuration is strict: what it does not know is an error that names it, and all errors are told at once.</summary>
public sealed class VchConfigurationTests
{
    private static readonly VchRequest Start = new() { Name = "start", Tls = new TlsRequest { CertificatePath = "" }, ApplianceIso = "", BootstrapIso = "" };

    [Fact]
    public void A_document_is_what_it_was_after_it_was_read_and_written()
    {
        const string json = """
            {
              "Name": "vch",
              "AsVApp": true,
              "Datastore": "datastore1/images",
              "VolumeStore": {
                "default": "ds://datastore1/volumes"
              },
              "DnsServer": [
                "192.0.2.53"
              ],
              "ContainerNetwork": [
                {
                  "Alias": "db \"quoted\" \\ tab\t end",
                  "IPRange": [
                    "10.0.0.1-10.0.0.9"
                  ],
                  "Network": "backend"
                }
              ],
              "EndpointMemoryGB": 0.75,
              "CpuSharesLevel": "Custom",
              "NumCpuShares": 7,
              "CertificateKeyAlgorithm": "Ecdsa",
              "CertificateKeySize": 384,
              "OpsUserName": "ops@vsphere.local"
            }

            """;

        var first = VchConfiguration.Parse(json.Replace("\t", "\\t", StringComparison.Ordinal));

        Assert.Equal(json.Replace("\t", "\\t", StringComparison.Ordinal).ReplaceLineEndings("\n"), first.ToJson());
        Assert.Equal(first.ToJson(), VchConfiguration.Of(first.ApplyTo(Start)).ToJson());
        Assert.Empty(first.DifferencesFrom(VchConfiguration.Parse(first.ToJson())));
    }

    [Fact]
    public void Everything_wrong_is_named_at_once()
    {
        const string json = """
            {
              "Nmae": "vch",
              "AsVApp": "yes",
              "ContainerLimit": -1,
              "EndpointMemoryGB": "2",
              "DnsServer": [ 1 ],
              "VolumeStore": { "default": 1 },
              "ContainerNetwork": [ { "Alias": "db", "Colour": "red" } ],
              "DebugLevel": 1.5
            }
            """;

        var error = Assert.Throws<VicException>(() => VchConfiguration.Parse(json));

        Assert.Equal("ConfigurationInvalid", error.ErrorId);
        string[] expected =
        [
            "'Nmae' is no property",
            "'AsVApp' takes true or false",
            "'ContainerLimit' takes a whole number from 0",
            "'EndpointMemoryGB' takes a number from 0",
            "'DnsServer' takes a list of texts",
            "'VolumeStore' takes an object of texts",
            "has 'Colour', which is no property of a container network",
            "has an entry without 'Network'",
            "'DebugLevel' takes a whole number from 0",
        ];
        Assert.All(expected, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("[]", "not an object")]
    [InlineData("{\"Name\": \"a\", \"Name\": \"b\"}", "'Name' once")]
    [InlineData("{\n\"Name\": \"a\",\n}", "line 3")]
    [InlineData("{\"Name\": \"a\"} trailing", "the end was expected")]
    [InlineData("{\"Name\": tru}", "a value was expected")]
    [InlineData("{\"Name\": \"\\q\"}", "a known escape sequence")]
    [InlineData("{\"Name\": \"\\u12g4\"}", "four hexadecimal digits")]
    [InlineData("{\"Name\": 1e}", "a value was expected")]
    [InlineData("{\"CpuSharesLevel\": \"Medium\"}", "CpuSharesLevel is none of")]
    public void What_is_no_configuration_is_refused_with_the_place(string json, string text)
    {
        var error = Assert.Throws<VicException>(() => VchConfiguration.Parse(json).ApplyTo(Start));

        Assert.Equal("ConfigurationInvalid", error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_end_the_process() =>
        Assert.Throws<VicException>(() => VchConfiguration.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));

    [Fact]
    public void Differences_are_told_by_property_with_both_values()
    {
        var present = VchConfiguration.Parse("""{ "Name": "vch", "ContainerLimit": 5, "DnsServer": ["192.0.2.1"] }""");
        var wanted = VchConfiguration.Parse("""{ "Name": "vch", "ContainerLimit": 9 }""");

        Assert.Equal(
            ["DnsServer: [ \"192.0.2.1\" ], and its usual value is asked for", "ContainerLimit: 5, and 9 is asked for"], present.DifferencesFrom(wanted));
    }

    [Fact]
    public void The_name_of_a_schema_says_nothing_about_the_VCH() =>
        Assert.Equal("Name", Assert.Single(VchConfiguration.Parse("""{ "$schema": "./schema.json", "Name": "vch", "DnsServer": null }""").Values).Key);
}

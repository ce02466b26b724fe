using System.Text.Json.Nodes;
using Vic.Engine.Documents;
using Vic.Testing.Files;

namespace Vic.Engine.Tests.Documents;

/// <summary>The schema that the module brings knows the properties that the module knows, in their order and with their types.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Repository.PathOf("module/VCHConfiguration.schema.json")))!.AsObject();

    [Fact]
    public void Every_property_is_described_with_its_type()
    {
        var properties = Schema["properties"]!.AsObject().Where(property => property.Key != "$schema").ToList();

        Assert.Equal(VchOptions.All.Select(option => $"{option.Name} {TypeOf(option.Kind)}"), properties.Select(property => $"{property.Key} {property.Value!["type"]}"));
        Assert.All(properties, property => Assert.NotEqual("", (string)property.Value!["description"]!));
        Assert.False((bool)Schema["additionalProperties"]!);
    }

    [Fact]
    public void A_container_network_has_the_properties_that_are_read()
    {
        var network = Schema["properties"]!["ContainerNetwork"]!["items"]!;

        Assert.Equal(ContainerNetworkDocument.Names, network["properties"]!.AsObject().Select(property => property.Key));
        Assert.False((bool)network["additionalProperties"]!);
    }

    private static string TypeOf(OptionKind kind) => kind switch
    {
        OptionKind.Text => "string",
        OptionKind.Whole => "integer",
        OptionKind.Number => "number",
        OptionKind.Flag => "boolean",
        OptionKind.Map => "object",
        _ => "array",
    };
}

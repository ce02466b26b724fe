using System.Text.Json;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Containers.Creation;

/// <summary>Sees to it that no part of a create request is passed over in silence.</summary>
internal static class CreateBodyChecker
{
    private static readonly Dictionary<string, FieldRule> Config = Index(CreateBodyRules.Config);
    private static readonly Dictionary<string, FieldRule> HostConfig = Index(CreateBodyRules.HostConfig);
    private static readonly Dictionary<string, FieldRule> Endpoint = Index(CreateBodyRules.Endpoint);

    /// <summary>Refuses a body that asks for what a VCH does not do; returns a warning for each hint that it passes over.</summary>
    public static IReadOnlyList<string> Check(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw EngineException.InvalidParameter("Config cannot be empty in order to create a container");
        }

        var warnings = new List<string>();
        CheckFields(body, Config, warnings);
        foreach (var field in body.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Object))
        {
            if (field.Name.Equals("HostConfig", StringComparison.OrdinalIgnoreCase))
            {
                CheckFields(field.Value, HostConfig, warnings);
            }
            else if (field.Name.Equals("NetworkingConfig", StringComparison.OrdinalIgnoreCase))
            {
                CheckNetworking(field.Value, warnings);
            }
        }

        return warnings;
    }

    private static void CheckNetworking(JsonElement networking, List<string> warnings)
    {
        if (!networking.TryGetProperty("EndpointsConfig", out var endpoints) || endpoints.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var count = 0;
        foreach (var endpoint in endpoints.EnumerateObject())
        {
            if (++count > 1)
            {
                throw EngineException.InvalidParameter("More than one --network is not supported: a container has one network.");
            }

            if (endpoint.Value.ValueKind == JsonValueKind.Object)
            {
                CheckFields(endpoint.Value, Endpoint, warnings);
            }
        }
    }

    private static void CheckFields(JsonElement parent, Dictionary<string, FieldRule> rules, List<string> warnings)
    {
        foreach (var field in parent.EnumerateObject())
        {
            if (!rules.TryGetValue(field.Name, out var rule))
            {
                if (FieldRule.IsEmpty(field.Value))
                {
                    continue;
                }

                throw EngineException.InvalidParameter($"The field {field.Name} is not supported: this virtual container host does not know it.");
            }

            if (rule.Verdict == FieldVerdict.Supported || !rule.Asks(field.Value))
            {
                continue;
            }

            if (rule.Verdict == FieldVerdict.Refused)
            {
                throw EngineException.InvalidParameter(rule.Sentence());
            }

            warnings.Add(rule.Sentence());
        }
    }

    private static Dictionary<string, FieldRule> Index(IReadOnlyList<FieldRule> rules) =>
        rules.ToDictionary(rule => rule.Field, StringComparer.OrdinalIgnoreCase);
}

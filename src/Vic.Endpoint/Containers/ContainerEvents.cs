using Vic.Endpoint.Events;

namespace Vic.Endpoint.Containers;

/// <summary>Publishes what happens to containers with the attributes that docker gives such events.</summary>
public sealed class ContainerEvents(EventLog log)
{
    /// <summary>Publishes one event.</summary>
    public void Publish(Container container, string action, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in container.Record.Config.Labels ?? [])
        {
            attributes[name] = value;
        }

        attributes["image"] = container.Record.Config.Image;
        attributes["name"] = container.Record.Name;
        foreach (var (name, value) in facts)
        {
            attributes[name] = value;
        }

        log.Publish(new EngineEvent("container", action, container.Id, attributes, DateTimeOffset.UtcNow));
    }
}

namespace Vic.Endpoint.Events;

/// <summary>Something that happened to a container, an image or a network.</summary>
/// <param name="Type">container, image or network.</param>
/// <param name="Action">What happened, in docker's words.</param>
/// <param name="Id">The id of the object.</param>
/// <param name="Attributes">Its name, its image, its labels and what belongs to the action.</param>
/// <param name="Time">When.</param>
public sealed record EngineEvent(
    string Type, string Action, string Id, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset Time);

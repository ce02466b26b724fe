namespace Vic.Endpoint.Api.Models;

/// <summary>The value of docker's sets, which are JSON objects with empty objects as values.</summary>
public sealed record EmptyObject;

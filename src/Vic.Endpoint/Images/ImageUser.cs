namespace Vic.Endpoint.Images;

/// <summary>A container that was made from an image.</summary>
/// <param name="ContainerId">The container's id, 64 hexadecimal digits.</param>
/// <param name="Reference">The image's name as the user gave it when the container was created.</param>
/// <param name="IsRunning">Whether it runs: a running container's image cannot even be removed by force.</param>
public sealed record ImageUser(string ContainerId, string Reference, bool IsRunning);

namespace Vic.Testing.Labs;

/// <summary>The line of JSON that a started lab prints.</summary>
public sealed record LabFacts(
    string Server,
    int Port,
    string Url,
    string User,
    string Password,
    string Thumbprint,
    string TargetAddress,
    string? AdvertisedAddress,
    string Model,
    string Runtime,
    string Datacenter,
    string ComputeResource,
    IReadOnlyList<string> Datastores,
    IReadOnlyList<string> Networks,
    int Pid,
    string StateDirectory);

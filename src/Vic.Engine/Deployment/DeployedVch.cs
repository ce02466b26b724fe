using Vic.Engine.Inspection;

namespace Vic.Engine.Deployment;

/// <summary>A VCH that was just created.</summary>
/// <param name="Vch">The VCH as the inventory shows it.</param>
/// <param name="DockerHost">Where the Docker API answers, as <c>tcp://host:port</c>; null when nobody waited for its address.</param>
/// <param name="IsVerified">True when the Docker API has answered there.</param>
/// <param name="CertificatePath">The folder of the certificates; null without TLS.</param>
/// <param name="Environment">The variables by which a Docker client finds it; empty without an address.</param>
/// <param name="EnvironmentFile">The file that holds the same variables; null without an address.</param>
public sealed record DeployedVch(
    VchInfo Vch,
    string? DockerHost,
    bool IsVerified,
    string? CertificatePath,
    IReadOnlyDictionary<string, string> Environment,
    string? EnvironmentFile);

using Vic.Engine.Inspection;

namespace Vic.Engine.Deployment;

/// <summary>A VCH that was just created and answers.</summary>
/// <param name="Vch">The VCH as the inventory shows it.</param>
/// <param name="DockerHost">Where the Docker API answers, as <c>tcp://host:port</c>.</param>
/// <param name="CertificatePath">The folder of the certificates; null without TLS.</param>
/// <param name="Environment">The variables by which a Docker client finds it.</param>
/// <param name="EnvironmentFile">The file that holds the same variables.</param>
public sealed record DeployedVch(
    VchInfo Vch, string DockerHost, string? CertificatePath, IReadOnlyDictionary<string, string> Environment, string EnvironmentFile);

using Vic.Engine.Certificates;

namespace Vic.Engine.Deployment;

/// <summary>The variables by which the Docker client, Compose and the SDKs find a VCH.</summary>
public static class DockerEnvironment
{
    /// <summary>The variables for one VCH.</summary>
    /// <param name="dockerHost">Where the Docker API answers, as <c>tcp://host:port</c>.</param>
    /// <param name="mode">How it is protected.</param>
    /// <param name="certificatePath">The folder of the client certificate; null when it is not known.</param>
    public static IReadOnlyDictionary<string, string> Create(string dockerHost, TlsMode mode, string? certificatePath)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["DOCKER_HOST"] = dockerHost };
        switch (mode)
        {
            case TlsMode.Mutual:
                variables["DOCKER_TLS_VERIFY"] = "1";
                variables["COMPOSE_TLS_VERSION"] = "TLSv1_2";
                if (certificatePath is not null)
                {
                    variables["DOCKER_CERT_PATH"] = certificatePath;
                }

                break;
            case TlsMode.ServerOnly:
                variables["DOCKER_TLS"] = "1";
                break;
        }

        return variables;
    }

    /// <summary>One <c>NAME=value</c> a line, for <c>docker run --env-file</c>, Compose and shells.</summary>
    public static string ToFile(IReadOnlyDictionary<string, string> variables) =>
        string.Concat(variables.Select(pair => $"{pair.Key}={pair.Value}\n"));
}

namespace Vic.PowerShell.Docker;

/// <summary>The variables of this process by which Docker clients find a daemon. A process has one set, whatever runspace changes it.</summary>
internal static class DockerVariables
{
    private static readonly string[] Names =
        ["DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_TLS", "DOCKER_CERT_PATH", "DOCKER_CONTEXT", "COMPOSE_TLS_VERSION"];

    private static readonly Stack<Dictionary<string, string?>> Earlier = new();

    /// <summary>Sets the variables of one daemon, and clears those that would point to another.</summary>
    public static void Enter(IReadOnlyDictionary<string, string> variables)
    {
        lock (Earlier)
        {
            Earlier.Push(Names.ToDictionary(name => name, Environment.GetEnvironmentVariable));
            foreach (var name in Names)
            {
                Environment.SetEnvironmentVariable(name, variables.TryGetValue(name, out var value) ? value : null);
            }
        }
    }

    /// <summary>Restores what the last <see cref="Enter"/> found.</summary>
    /// <returns>False when there is nothing to restore.</returns>
    public static bool Exit()
    {
        lock (Earlier)
        {
            if (Earlier.Count == 0)
            {
                return false;
            }

            foreach (var pair in Earlier.Pop())
            {
                Environment.SetEnvironmentVariable(pair.Key, pair.Value);
            }

            return true;
        }
    }
}

using System.Net;

namespace Vic.Endpoint.Configuration;

/// <summary>The command line: where the configuration comes from, and where the Docker API listens.</summary>
internal sealed record EndpointOptions
{
    /// <summary>How it is used.</summary>
    public const string Usage =
        """
        Usage: vic-endpoint [--config-file FILE] [--listen ADDRESS:PORT] [--sessions ADDRESS:PORT]
          --config-file  read the configuration from lines of key=value instead of guest RPC
          --listen       serve the Docker API here (default: every address, port 2376 with TLS and 2375 without)
          --sessions     take the containers' sessions here (default: the bridge address, port 2379)
        """;

    /// <summary>The file with the configuration; null = guest RPC.</summary>
    public string? ConfigurationFile { get; private init; }

    /// <summary>Where the Docker API listens; null = the usual place.</summary>
    public IPEndPoint? Listen { get; private init; }

    /// <summary>Where sessions arrive; null = the bridge address.</summary>
    public IPEndPoint? Sessions { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is not known or its value not usable.</exception>
    public static EndpointOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new EndpointOptions();
        for (var index = 0; index < arguments.Count; index += 2)
        {
            var name = arguments[index];
            var value = index + 1 < arguments.Count ? arguments[index + 1] : throw new FormatException($"{name} needs a value");
            options = name switch
            {
                "--config-file" => options with { ConfigurationFile = value },
                "--listen" => options with { Listen = ParseAddress(name, value) },
                "--sessions" => options with { Sessions = ParseAddress(name, value) },
                _ => throw new FormatException($"{name} is no option"),
            };
        }

        return options;
    }

    private static IPEndPoint ParseAddress(string name, string value) =>
        value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out var address)
            ? address
            : throw new FormatException($"{name}: {value} is not ADDRESS:PORT");
}

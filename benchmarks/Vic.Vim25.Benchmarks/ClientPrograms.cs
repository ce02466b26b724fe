using Vic.Testing.Files;
using Vic.Testing.Govmomi;
using Vic.Vim25.Benchmarks.Replay;

namespace Vic.Vim25.Benchmarks;

/// <summary>The clients that are compared, each a process of its own.</summary>
/// <param name="Native">This product's, compiled ahead of time as in the endpoint.</param>
/// <param name="Jitted">This product's, with the just-in-time compiler as in PowerShell.</param>
/// <param name="Govmomi">Debian's govmomi.</param>
/// <param name="Pyvmomi">Debian's pyvmomi.</param>
internal sealed record ClientPrograms(MeasuredClient Native, MeasuredClient Jitted, MeasuredClient Govmomi, MeasuredClient Pyvmomi)
{
    private const string Sources = "benchmarks/Vic.Vim25.Benchmarks/Clients";

    /// <summary>Compiles what has to be compiled, for a server that runs.</summary>
    public static async Task<ClientPrograms> PrepareAsync(ReplayServer server, CancellationToken cancellationToken)
    {
        var url = server.Url;
        string[] arguments = [url.ToString(), server.Thumbprint];
        return new ClientPrograms(
            new("ours, native", [await ReaderProgram.PublishAsync(cancellationToken), .. arguments]),
            new("ours, JIT", ["/usr/bin/env", "dotnet", ReaderProgram.Assembly, .. arguments]),
            new("govmomi", await GoProgram.BuildAsync($"{Sources}/reader.go", cancellationToken), url.ToString()),
            new("pyvmomi", "/usr/bin/python3", Repository.PathOf($"{Sources}/reader.py"), url.Host, $"{url.Port}"));
    }
}

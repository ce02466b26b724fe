using System.Diagnostics;
using System.Security.Cryptography;
using Vic.Testing.Processes;

namespace Vic.Testing.Govmomi;

/// <summary>
/// govmomi's simulator (Debian: golang-github-vmware-govmomi-dev) as a process on the loopback address: a vCenter or an ESXi host by
/// other people.
/// </summary>
public sealed class GovmomiSimulator : IAsyncDisposable
{
    public const string User = "user";

    private readonly Process _process;

    private GovmomiSimulator(Process process, Uri server, string thumbprint, string password)
    {
        _process = process;
        Server = server;
        Thumbprint = thumbprint;
        Password = password;
    }

    /// <summary>The SDK address.</summary>
    public Uri Server { get; }

    /// <summary>SHA-256 of the certificate.</summary>
    public string Thumbprint { get; }

    public string Password { get; }

    /// <summary>Starts a server of the model <c>vpx</c> (a vCenter) or <c>esx</c>.</summary>
    public static async Task<GovmomiSimulator> StartAsync(string model, CancellationToken cancellationToken)
    {
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        string program = await GoProgram.BuildAsync("tests/Vic.Testing/Govmomi/simulator-main.go", cancellationToken);
        Process process = new Command(program, model)
        {
            Environment = new Dictionary<string, string?> { ["SIMULATOR_USER"] = User, ["SIMULATOR_PASSWORD"] = password },
        }.Start();
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        string? line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        string[] facts = (line ?? throw new InvalidOperationException("the simulator ended before it was ready")).Split(' ');
        return new GovmomiSimulator(process, new Uri(facts[0]), facts[1], password);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

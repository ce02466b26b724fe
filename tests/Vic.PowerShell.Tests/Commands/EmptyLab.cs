using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Labs;
using Vic.Testing.Processes;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>A lab of the vCenter model without real machines, and scripts that are typed at it.</summary>
public class EmptyLab : IAsyncLifetime
{
    private const string Preamble = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:VIC_TEST_MODULE
        $password = [securestring]::new()
        foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
        $credential = [pscredential]::new($env:VIC_TEST_USER, $password)

        """;

    public const string Connect =
        "$server = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT\n";

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private LabProcess? _lab;

    public EmptyLab()
        : this("vcenter")
    {
    }

    protected EmptyLab(string model) => _model = model;

    public LabFacts Facts => _lab!.Facts;

    public virtual async ValueTask InitializeAsync() =>
        _lab = await LabProcess.StartAsync(CancellationToken.None, "--model", _model, "--runtime", "none");

    /// <summary>Runs a script in a shell of its own, after the module is imported and <c>$credential</c> is set.</summary>
    /// <param name="manifest">Another module than the staged one.</param>
    /// <param name="authorities">The authorities that the shell's computer trusts, as PEM; its own without it.</param>
    public async Task<CommandResult> RunAsync(string script, CancellationToken cancellationToken, string? manifest = null, string? authorities = null)
    {
        var file = _folder[$"{Guid.NewGuid():n}.ps1"];
        await File.WriteAllTextAsync(file, Preamble + script, cancellationToken);
        var environment = new Dictionary<string, string?>(Facts.Credentials()) { ["VIC_TEST_MODULE"] = manifest ?? ModuleShell.ModuleManifest };
        if (authorities is not null)
        {
            await File.WriteAllTextAsync(_folder["authorities.pem"], authorities, cancellationToken);

            // Where OpenSSL, and .NET on Linux, look for the authorities of the computer.
            environment["SSL_CERT_FILE"] = _folder["authorities.pem"];
        }

        return await (ModuleShell.Script(file, environment) with { WorkingDirectory = _folder.Path }).RunAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _lab!.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

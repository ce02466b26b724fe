using System.Management.Automation;
using System.Security;
using Vic.Lab;
using Vic.Lab.Api;
using Vic.Lab.Machines;

namespace Vic.PowerShell.Tests.Hosting;

/// <summary>A lab without real machines in this process, and runspaces that know it.</summary>
internal sealed class ModuleLab : IAsyncDisposable
{
    /// <summary>Opens a session of the module's own.</summary>
    public const string Connect = "$server = Connect-VICServer -Server $address -Port $port -Credential $credential -Thumbprint $thumbprint\n";

    private readonly LabServer _lab;

    private ModuleLab(LabServer lab) => _lab = lab;

    public LabFacts Facts => _lab.Facts;

    public FaultPlan Faults => _lab.Faults;

    public PSCredential Credential => new(Facts.User, Secure(Facts.Password));

    public static Task<ModuleLab> StartAsync() => StartAsync(new LabOptions());

    public static async Task<ModuleLab> StartAsync(LabOptions options) =>
        new(await LabServer.StartAsync(options with { Runtime = RuntimeKind.None }, TestContext.Current.CancellationToken));

    /// <summary>A runspace with the lab's address, port, thumbprint and credential in variables.</summary>
    public ModuleRunspace Open()
    {
        var runspace = new ModuleRunspace();
        runspace.Set("address", Facts.Server);
        runspace.Set("port", Facts.Port);
        runspace.Set("thumbprint", Facts.ThumbprintSha256);
        runspace.Set("credential", Credential);
        return runspace;
    }

    /// <summary>Such a runspace, connected.</summary>
    public ModuleRunspace OpenConnected()
    {
        var runspace = Open();
        runspace.Run(Connect).AssertSucceeded();
        return runspace;
    }

    /// <summary>Ends every session, as a server that was restarted does.</summary>
    public void ExpireSessions() => _lab.ExpireSessions();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
        {
            secure.AppendChar(character);
        }

        return secure;
    }
}

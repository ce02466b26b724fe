using Vic.PowerShell.Tests.Hosting;
using Vic.Vim25;
using VMware.VimAutomation.ViCore.Impl.V1;
using VMware.VimAutomation.ViCore.Impl.V1.Inventory;

namespace Vic.PowerShell.Tests.PowerCli;

/// <summary>Somebody who works with PowerCLI: has a session on a lab, and objects of it in PowerCLI's public shapes.</summary>
internal sealed class PowerCliUser : IDisposable
{
    private readonly VimClient _client;

    private PowerCliUser(VimClient client, VIServerImpl server)
    {
        _client = client;
        Server = server;
    }

    public VIServerImpl Server { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PowerCliUser> ConnectAsync(ModuleLab lab)
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(lab.Facts.Url) { Thumbprint = lab.Facts.ThumbprintSha256 }, Token);
        await client.LoginAsync(lab.Facts.User, lab.Facts.Password, Token);
        return new PowerCliUser(client, new VIServerImpl
        {
            Name = lab.Facts.Server,
            Port = lab.Facts.Port,
            User = lab.Facts.User,
            ServiceUri = lab.Facts.Url,
            SessionSecret = client.SessionCookie!,
        });
    }

    /// <summary>A runspace in which the user has run <c>Connect-VIServer</c>, told to ignore untrusted certificates.</summary>
    public ModuleRunspace Open(ModuleLab lab, string invalidCertificateAction = "Ignore")
    {
        var runspace = lab.Open();
        runspace.Set("DefaultVIServers", new[] { Server });
        runspace.Set("DefaultVIServer", Server);
        runspace.Run($$"""
            function global:Get-PowerCLIConfiguration {
                [pscustomobject]@{ Scope = 'Session'; InvalidCertificateAction = 'Unset' }
                [pscustomobject]@{ Scope = 'User'; InvalidCertificateAction = '{{invalidCertificateAction}}' }
            }
            """).AssertSucceeded();
        return runspace;
    }

    /// <summary>The object of a name, in PowerCLI's shape.</summary>
    public async Task<T> GetAsync<T>(string type, string name)
        where T : InventoryItemImpl, new()
    {
        var found = await _client.RetrieveAllAsync(type, ["name"], cancellationToken: Token);
        var reference = found.First(item => item.Get<string>("name") == name).Reference;
        return new T { Name = name, Client = Server, Reference = new VMware.Vim.ManagedObjectReference(reference.Type, reference.Value) };
    }

    /// <summary>Whether the session still answers.</summary>
    public async Task AssertSessionIsOpenAsync() => Assert.NotEmpty(await _client.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token));

    public void Dispose() => _client.Dispose();
}

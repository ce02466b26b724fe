using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vic.Lab.Api;
using Vic.Lab.Api.Datastores;
using Vic.Lab.Api.Rest;
using Vic.Lab.Api.Sessions;
using Vic.Lab.Authorization;
using Vic.Lab.Diagnostics;
using Vic.Lab.Disks;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Models;
using Vic.Lab.Machines;
using Vic.Lab.Operations;
using Vic.Lab.Operations.Clusters;
using Vic.Lab.Operations.Services;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Lab.Tasks;

namespace Vic.Lab;

/// <summary>A running lab: the vim25 server, its inventory, and the machines below it.</summary>
public sealed class LabServer : IAsyncDisposable
{
    // More than a laboratory's clients open, fewer than would exhaust this computer.
    private const long ConnectionLimit = 4096;

    private static readonly IPAddress Gateway = IPAddress.Parse("10.77.0.2");

    private readonly CancellationTokenSource stopping = new();
    private readonly string? temporaryDirectory;
    private readonly X509Certificate2 certificate;
    private readonly LabWorld world;
    private readonly WebApplication application;
    private bool disposed;

    private LabServer(LabWorld world, WebApplication application, X509Certificate2 certificate, CancellationTokenSource stopping, string? temporaryDirectory)
    {
        this.world = world;
        this.application = application;
        this.certificate = certificate;
        this.stopping = stopping;
        this.temporaryDirectory = temporaryDirectory;
        Facts = LabFacts.Of(world, Port, certificate);
        Storage = new LabStorage(world);
    }

    /// <summary>How to reach the lab, and what is in it.</summary>
    public LabFacts Facts { get; }

    /// <summary>Which calls are made to fail, and the log of calls.</summary>
    public FaultPlan Faults => world.Options.Faults;

    /// <summary>What can be made to go wrong with datastores.</summary>
    public LabStorage Storage { get; }

    /// <summary>Ends every session now, as a restarted server does; the next call of each answers NotAuthenticated.</summary>
    /// <returns>How many there were.</returns>
    public int ExpireSessions() => world.Sessions.CloseAll();

    /// <summary>Ends one session now.</summary>
    /// <param name="key">Its <c>key</c>, as the client's UserSession tells it.</param>
    /// <returns>Whether there was such a session.</returns>
    public bool ExpireSession(string key)
    {
        var session = world.Sessions.All.FirstOrDefault(session => session.Key == key);
        if (session is null)
        {
            return false;
        }

        world.Sessions.Close(session);
        return true;
    }

    internal LabWorld World => world;

    private int Port => new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Starts a lab; it serves when the task completes.</summary>
    /// <exception cref="IOException">The port is taken, or the state directory cannot be used.</exception>
    /// <exception cref="MachineException">The runtime cannot be used here; the message says why.</exception>
    public static async Task<LabServer> StartAsync(LabOptions options, CancellationToken cancellationToken = default)
    {
        var complete = options with
        {
            UserName = options.UserName ?? (options.Model == InventoryModel.VCenter ? "administrator@vsphere.local" : "root"),
            Password = options.Password ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)),
        };
        var accounts = new UserAccounts(
            complete.Model == InventoryModel.VCenter ? "vsphere.local" : string.Empty,
            new LabAccount(complete.UserName, complete.Password) { Groups = [UserAccounts.Administrators] },
            complete.Accounts);
        var temporary = options.StateDirectory is null ? Directory.CreateTempSubdirectory("vic-lab-").FullName : null;
        var directory = options.StateDirectory ?? temporary!;
        Directory.CreateDirectory(directory);
        var stopping = new CancellationTokenSource();
        var log = new LabLog();
        var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        loggers.AddProvider(new LabLogProvider(log));
        var certificate = LabCertificate.Create([IPAddress.Loopback, Gateway]);
        MachinePlatform? platform = null;
        WebApplication? application = null;
        try
        {
            var space = new StorageSpace(complete.DatastoreCapacity);
            platform = new MachinePlatform(new MachinePlatformOptions
            {
                Runtime = complete.Runtime,
                StateDirectory = directory,
                Publish = complete.Publish,
                Space = space,
                LoggerFactory = loggers,
            });
            var store = new InventoryStore();
            var events = new EventLog(store);
            var world = new LabWorld(
                complete,
                directory,
                store,
                platform,
                space,
                new SessionTable(complete.SessionIdleLimit, complete.SessionLimit, TimeProvider.System),
                accounts,
                new TaskEngine(store, events, complete.TaskDelay, stopping.Token),
                events,
                log,
                loggers);
            await (complete.Model == InventoryModel.VCenter
                ? VCenterModel.BuildAsync(world, cancellationToken)
                : EsxModel.BuildAsync(world, cancellationToken)).ConfigureAwait(false);
            VirtualMachinePopulation.AddTo(world);
            RecentHistory.Follow(world);
            world.Usage.Start();
            application = Build(world, certificate, loggers);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new LabServer(world, application, certificate, stopping, temporary);
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }

            if (platform is not null)
            {
                await platform.DisposeAsync().ConfigureAwait(false);
            }

            certificate.Dispose();
            stopping.Dispose();
            loggers.Dispose();
            if (temporary is not null)
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Lets a virtual machine end as if its process had crashed. A machine that is off stays off.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such machine.</exception>
    public Task KillMachineAsync(string name)
    {
        VirtualMachineEntity machine;
        lock (world.Store.Gate)
        {
            machine = FindMachine(name);
        }

        return machine.Machine.KillAsync();
    }

    /// <summary>Lets a virtual machine ask a question; until <c>AnswerVM</c> answers it, its power operations fail with QuestionPending.</summary>
    /// <param name="name">The machine's name.</param>
    /// <param name="text">The question.</param>
    /// <param name="choices">The answers to choose from; a client answers with the index of one, as text.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">There is no such machine, or nothing to choose from.</exception>
    public Task<string> AskAsync(string name, string text, params IReadOnlyList<string> choices)
    {
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count, nameof(choices));
        lock (world.Store.Gate)
        {
            var question = new PendingQuestion("_vmx" + world.Store.NewReference("Question", string.Empty).Value, text, choices);
            MachineQuestions.Ask(world, FindMachine(name), question);
            return question.Answered.Task;
        }
    }

    /// <summary>
    /// Lets a host fail: what runs on it ends at once and, where the cluster has HA, is started on other hosts. Returns when that is done.
    /// </summary>
    /// <param name="name">The host's name, such as <c>esx1.lab.local</c>.</param>
    /// <param name="cancellationToken">Gives up; the host stays as it is then.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public Task FailHostAsync(string name, CancellationToken cancellationToken = default)
        => new HostStates(world, new VirtualMachineTasks(world)).FailAsync(FindHost(name), cancellationToken);

    /// <summary>Lets a host that failed come back.</summary>
    /// <param name="name">The host's name, such as <c>esx1.lab.local</c>.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public void RepairHost(string name) => new HostStates(world, new VirtualMachineTasks(world)).Repair(FindHost(name));

    /// <summary>Ends tasks, sessions and machines, and removes a temporary state directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await stopping.CancelAsync().ConfigureAwait(false);
        world.Sessions.Dispose();
        world.Usage.Dispose();
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
        {
            await application.StopAsync(limit.Token).ConfigureAwait(false);
        }

        await application.DisposeAsync().ConfigureAwait(false);
        await world.Tasks.DrainAsync().ConfigureAwait(false);
        List<VirtualMachineEntity> machines;
        lock (world.Store.Gate)
        {
            machines = [.. world.Store.OfType<VirtualMachineEntity>()];
        }

        foreach (var machine in machines)
        {
            await machine.Machine.DisposeAsync().ConfigureAwait(false);
        }

        await world.Platform.DisposeAsync().ConfigureAwait(false);
        certificate.Dispose();
        stopping.Dispose();
        world.Loggers.Dispose();
        if (temporaryDirectory is not null)
        {
            Directory.Delete(temporaryDirectory, recursive: true);
        }
    }

    private HostEntity FindHost(string name)
    {
        lock (world.Store.Gate)
        {
            return world.Store.OfType<HostEntity>().FirstOrDefault(host => host.Name == name)
                ?? throw new ArgumentException($"The lab has no host '{name}'.", nameof(name));
        }
    }

    private VirtualMachineEntity FindMachine(string name)
        => world.Store.OfType<VirtualMachineEntity>().FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ArgumentException($"The lab has no virtual machine '{name}'.", nameof(name));

    private static WebApplication Build(LabWorld world, X509Certificate2 certificate, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = ConnectionLimit;

            // The vim25 endpoint bounds its own bodies; uploads to datastores are as large as they are.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, world.Options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(certificate);
            });
        });
        var application = builder.Build();
        var soap = new SoapEndpoint(world, LabOperations.CreateTable(world), loggers.CreateLogger<SoapEndpoint>());
        var datastores = new DatastoreEndpoint(world);
        var rest = new RestEndpoint(world);
        application.Run(context => context.Request.Path.Value switch
        {
            "/sdk" or "/sdk/" or "/sdk/vimService" => soap.HandleAsync(context),
            "/sdk/vimServiceVersions.xml" => ServiceVersions.HandleAsync(context),
            { } path when path == "/folder" || path.StartsWith("/folder/", StringComparison.Ordinal) => datastores.HandleAsync(context),
            { } path when world.IsVCenter && RestEndpoint.Serves(path) => rest.HandleAsync(context),
            _ => NotFound(context),
        });
        return application;
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

using System.Globalization;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Testing.Govmomi;

namespace Vic.Lab.Tests.Strangers.Tours;

/// <summary>A started server, with what a tour is told about it.</summary>
internal sealed class TourTarget : IAsyncDisposable
{
    /// <summary>Whom the tours give permissions to.</summary>
    private const string Somebody = "someone";

    private readonly IAsyncDisposable _server;
    private readonly LabServer? _lab;

    private TourTarget(IAsyncDisposable server, bool isVCenter, Uri address, string user, string password)
    {
        _server = server;
        _lab = server as LabServer;
        Environment = new Dictionary<string, string?>
        {
            ["VIC_TEST_KIND"] = _lab is null ? "simulator" : "lab",
            ["VIC_TEST_MODEL"] = isVCenter ? "vcenter" : "esx",
            ["VIC_TEST_SERVER"] = address.Host,
            ["VIC_TEST_PORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
            ["VIC_TEST_USER"] = user,
            ["VIC_TEST_PASSWORD"] = password,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
    }

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public IReadOnlySet<string> CalledMethods => _lab is null ? new HashSet<string>() : _lab.Faults.Calls.Select(call => call.Method).ToHashSet();

    public static Task<TourTarget> StartAsync(TouredServer server, CancellationToken cancellationToken) => server switch
    {
        TouredServer.LabVCenter => StartLabAsync(InventoryModel.VCenter, cancellationToken),
        TouredServer.LabEsx => StartLabAsync(InventoryModel.Esx, cancellationToken),
        TouredServer.SimulatorVCenter => StartSimulatorAsync("vpx", cancellationToken),
        TouredServer.SimulatorEsx => StartSimulatorAsync("esx", cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(server)),
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<TourTarget> StartLabAsync(InventoryModel model, CancellationToken cancellationToken)
    {
        var lab = await LabServer.StartAsync(
            new LabOptions { Model = model, Runtime = RuntimeKind.None, Accounts = [new LabAccount(Somebody, Guid.NewGuid().ToString())] }, cancellationToken);
        return new TourTarget(lab, model == InventoryModel.VCenter, lab.Facts.Url, lab.Facts.User, lab.Facts.Password);
    }

    private static async Task<TourTarget> StartSimulatorAsync(string model, CancellationToken cancellationToken)
    {
        var simulator = await GovmomiSimulator.StartAsync(model, cancellationToken);
        return new TourTarget(simulator, model == "vpx", simulator.Server, GovmomiSimulator.User, simulator.Password);
    }
}

using Vic.Machines.Benchmarks;
using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Vim25;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// Times of one VCH in the lab, beside a bare kernel that boots in the same lab from an ISO of the same size; then the round trips of each cmdlet. The word calls on
// the command line leaves the times out.
const int rounds = 5;
var cancellation = CancellationToken.None;
using var folder = new TemporaryFolder();
await using var vch = await VchDeployment.StartAsync("esx", withTls: true, cancellation);
(await vch.Docker.RunAsync(cancellation, "pull", "busybox")).EnsureSuccess();
if (!args.Contains("calls"))
{
    await MeasureTimesAsync();
}

await CmdletCalls.RunAsync(vch, cancellation);

async Task MeasureTimesAsync()
{
    var lab = vch.Lab;
    using var client = await VimClient.ConnectAsync(
        new VimClientOptions(new Uri($"https://{lab.Server}:{lab.Port}/sdk")) { Thumbprint = lab.Thumbprint }, cancellation);
    await client.LoginAsync(lab.User, lab.Password, cancellation);

    Report("endpoint: power-on to the Docker API's answer", await RepeatAsync(3, () => EndpointBoot.RunAsync(client, vch, cancellation)), "s");

    await BareKernelIso.MakeAsync(Path.Combine(Repository.Artifacts, "images", "bootstrap.iso"), BareMachine.IsoPath(lab), folder, cancellation);
    var bare = await BareMachine.CreateAsync(client, lab, cancellation);
    var containers = new ContainerRuns(vch.Docker, cancellation);

    // One of each in turn, so that both see the same machine.
    List<double> floors = [], starts = [];
    for (var round = 0; round < rounds; round++)
    {
        floors.Add(await bare.BootAsync(cancellation));
        starts.Add(await containers.StartAsync());
    }

    Report("bare kernel: PowerOnVM_Task to PID 1", floors, "s");
    Report("docker start to the process", starts, "s");
    Console.WriteLine($"  {Median(starts) / Median(floors):F2} times the bare kernel");

    Report("streams over TCP, there and back", [await containers.EchoAsync(10 << 20)], "KB/s");
    Report("streams over the serial port, there and back", [await containers.EchoAsync(256 << 10, "--network", "none")], "KB/s");
}

static async Task<List<double>> RepeatAsync(int times, Func<Task<double>> measure)
{
    List<double> values = [];
    for (var round = 0; round < times; round++)
    {
        values.Add(await measure());
    }

    return values;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static void Report(string what, List<double> values, string unit) =>
    Console.WriteLine($"{what}: {Median(values):F2} {unit} ({string.Join(", ", values.Select(value => $"{value:F2}"))})");

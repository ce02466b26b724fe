using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Vic.Testing.Files;
using Vic.Testing.Govmomi;
using Vic.Testing.Processes;
using Vic.Vim25;

namespace Vic.Lab.Benchmarks;

/// <summary>A vCenter of many virtual machines, as a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _server;
    private readonly string _thumbprint;
    private readonly string _user;
    private readonly string _password;

    private ServerProcess(string name, Process process, double startSeconds, (Uri Server, string Thumbprint, string User, string Password) access)
    {
        Name = name;
        _process = process;
        StartSeconds = startSeconds;
        (_server, _thumbprint, _user, _password) = access;
    }

    public string Name { get; }

    /// <summary>From the start of the process until it serves.</summary>
    public double StartSeconds { get; }

    /// <summary>Seconds of processor time so far.</summary>
    public double Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>The most memory that was resident so far, in MiB.</summary>
    public double PeakMebibytes => Status("VmHWM");

    /// <summary>The memory that is resident, in MiB.</summary>
    public double Mebibytes => Status("VmRSS");

    /// <summary>The lab as it is staged: 50 keys of extraConfig in each machine.</summary>
    public static async Task<ServerProcess> StartLabAsync(int machines)
    {
        var program = Path.Combine(Repository.Artifacts, "lab", "Vic.Lab.dll");
        var (process, line, seconds) = await StartAsync(new Command("dotnet", program, "--runtime", "none", "--machines", Text(machines)));
        using var facts = JsonDocument.Parse(line);
        string Fact(string name) => facts.RootElement.GetProperty(name).GetString()!;
        return new ServerProcess("lab", process, seconds, (new Uri(Fact("url")), Fact("thumbprintSha256"), Fact("user"), Fact("password")));
    }

    /// <summary>govmomi's simulator, whose machines have no keys.</summary>
    public static async Task<ServerProcess> StartSimulatorAsync(int machines)
    {
        const string user = "user";
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        var program = await GoProgram.BuildAsync("tests/Vic.Testing/Govmomi/simulator-main.go", CancellationToken.None);
        var (process, line, seconds) = await StartAsync(new Command(program, "vpx", Text(machines))
        {
            Environment = new Dictionary<string, string?> { ["SIMULATOR_USER"] = user, ["SIMULATOR_PASSWORD"] = password },
        });
        var facts = line.Split(' ');
        return new ServerProcess("govmomi's simulator", process, seconds, (new Uri(facts[0]), facts[1], user, password));
    }

    /// <summary>A session of its own.</summary>
    public async Task<VimClient> ConnectAsync()
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(_server) { Thumbprint = _thumbprint });
        await client.LoginAsync(_user, _password);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        // The lab takes its directory away when it is asked to end; killed, it would leave ten thousand folders.
        await new Command("/bin/kill", "-TERM", Text(_process.Id)).RunAsync(CancellationToken.None);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(Process Process, string Line, double Seconds)> StartAsync(Command command)
    {
        var clock = Stopwatch.StartNew();
        var process = command.Start();
        var isStarting = true;
        process.ErrorDataReceived += (_, line) =>
        {
            // Later on the simulator logs every change that it looks for.
            if (Volatile.Read(ref isStarting))
            {
                Console.Error.WriteLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the server ended before it was ready");
        Volatile.Write(ref isStarting, false);
        return (process, line, clock.Elapsed.TotalSeconds);
    }

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Vic.Endpoint.Tests.Doubles;
using Vic.Testing.Docker;
using Vic.Testing.Files;
using Vic.Testing.Processes;

namespace Vic.Endpoint.Tests.Api;

/// <summary>The stock docker clients against the API, on plain TCP and over mutual TLS.</summary>
public sealed class DockerCommandTests
{
    private const string Newest = "/usr/local/bin/docker";

    public static TheoryData<string, bool> Clients => new()
    {
        { DockerClient.Debian, false }, { DockerClient.Debian, true }, { Newest, false }, { Newest, true },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_session_of_everyday_commands_prints_what_docker_prints(string executable, bool tls)
    {
        Assert.SkipUnless(File.Exists(executable), $"{executable} is not installed");
        using var folder = new TemporaryFolder();
        TestCertificates.WriteTo(folder);
        await using var engine = await TestEngine.StartAsync(certificates: tls ? folder[""] : null);
        var docker = engine.Client(executable);

        await ExpectAsync(docker, "docker version --format '{{.Server.Os}} {{.Server.APIVersion}}'", "linux 1.47\n");
        await ExpectAsync(docker, "docker info --format '{{.Driver}} {{.ServerVersion}}'", "vsphere 0.1.0\n");
        await ExpectAsync(docker, "docker run --rm busybox echo hi", "hi\n");
        await ExpectAsync(docker, "docker run busybox both out err", "out\n", "err\n", 5);
        await ExpectAsync(docker, "docker ps -aq | wc -l", "1\n");
        await ExpectAsync(docker, "docker rm $(docker ps -aq) >/dev/null", "");
        await ExpectAsync(docker, "docker create --name made busybox echo made >/dev/null; docker start -a made", "made\n");
        await ExpectAsync(docker, "docker logs made", "made\n");
        await ExpectAsync(docker, "docker logs -t made | grep -cE '^20[0-9]{2}-.*Z made$'", "1\n");
        await ExpectAsync(docker, "docker wait made", "0\n");
        await ExpectAsync(docker, "docker inspect -f '{{.Name}} {{.Path}} {{json .Args}} {{.State.Status}}' made", "/made echo [\"made\"] exited\n");
        await ExpectAsync(docker, "docker run -d --name long --label tier=web busybox forever >/dev/null", "");
        await ExpectAsync(docker, "docker ps --format '{{.Names}} {{.Command}}' --filter label=tier=web", "long \"forever\"\n");
        await ExpectAsync(docker, "docker exec long both inside err", "inside\n", "err\n", 5);
        await ExpectAsync(docker, "printf 'x\\ny\\n' | docker exec -i long cat", "x\ny\n");
        await ExpectAsync(docker, "docker exec long no-such-command | grep -c 'executable file not found'", "1\n");
        await ExpectAsync(docker, "docker rename long longer; docker ps --format '{{.Names}}'", "longer\n");
        await ExpectAsync(docker, "docker stop longer", "longer\n");
        await ExpectAsync(docker, "docker inspect -f '{{.State.ExitCode}}' longer", "143\n");
        await ExpectAsync(docker, "docker rm longer made", "longer\nmade\n");
        await ExpectAsync(docker, "docker pull -q busybox", "docker.io/library/busybox:latest\n");
        await ExpectAsync(docker, "docker images --format '{{.Repository}}:{{.Tag}}'", "busybox:latest\n");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Ten_megabytes_come_back_byte_for_byte_with_the_exit_code(string executable, bool tls)
    {
        Assert.SkipUnless(File.Exists(executable), $"{executable} is not installed");
        using var folder = new TemporaryFolder();
        TestCertificates.WriteTo(folder);
        await using var engine = await TestEngine.StartAsync(certificates: tls ? folder[""] : null);
        var sent = RandomNumberGenerator.GetBytes(10 * 1024 * 1024);

        var command = engine.Client(executable).Command("run", "-i", "--rm", "busybox", "cat", "7") with { Input = sent };
        var result = await command.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", result.Error);
        Assert.Equal(7, result.ExitCode);
        Assert.True(sent.AsSpan().SequenceEqual(result.OutputBytes), $"{result.OutputBytes.Length} bytes came back");
    }

    [Theory]
    [InlineData("run --rm busybox no-such-command", 127, "unable to start container process: exec: \"no-such-command\": executable file not found in $PATH")]
    [InlineData("run --privileged busybox true", 125, "--privileged is not supported: a container is a virtual machine")]
    [InlineData("run -v /a:/b busybox true", 125, "is not supported: this virtual container host has no volumes")]
    [InlineData("run --restart always busybox true", 125, "--restart is not supported")]
    [InlineData("run --network host busybox true", 125, "--network host is not supported")]
    [InlineData("run --network nope busybox true", 125, "network nope not found")]
    [InlineData("create --name bad/name busybox", 1, "Invalid container name (bad/name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed")]
    [InlineData("create -w relative busybox", 1, "the working directory 'relative' is invalid, it needs to be an absolute path")]
    [InlineData("start nope", 1, "No such container: nope")]
    [InlineData("kill nope", 1, "Cannot kill container: nope: No such container: nope")]
    [InlineData("logs nope", 1, "No such container: nope")]
    [InlineData("top nope", 1, "docker top is not supported by this virtual container host.")]
    public async Task A_refusal_is_one_clear_sentence(string line, int exitCode, string sentence)
    {
        await using var engine = await TestEngine.StartAsync();

        var result = await engine.Client(DockerClient.Debian).RunAsync(TestContext.Current.CancellationToken, line.Split(' '));

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_ignores_its_stop_signal_is_killed()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        await ExpectAsync(docker, "docker run -d --name stubborn busybox forever 15 >/dev/null", "");

        await ExpectAsync(docker, "docker stop -t 1 stubborn", "stubborn\n");

        await ExpectAsync(docker, "docker inspect -f '{{.State.ExitCode}} {{.State.Status}}' stubborn", "137 exited\n");
    }

    [Fact]
    public async Task A_start_goes_on_when_its_client_leaves()
    {
        var boot = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(new InMemoryHost { Boot = boot.Task });
        var docker = engine.Client(DockerClient.Debian);
        await ExpectAsync(docker, "docker create --name long busybox forever >/dev/null", "");
        var machine = Assert.Single(engine.Host.Machines.Values);
        using (var client = docker.Command("start", "long").Start())
        {
            await machine.PoweredOn.WaitAsync(TestContext.Current.CancellationToken);
            client.Kill();
            await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await ExpectAsync(docker, "docker inspect -f '{{.State.Status}}' long", "created\n");
        boot.SetResult();

        await ExpectAsync(docker, "docker start long", "long\n");
        await ExpectAsync(docker, "docker inspect -f '{{.State.Status}}' long", "running\n");
        Assert.Equal(1, machine.PowerOns);
    }

    [Fact]
    public async Task An_interrupt_while_the_machine_boots_reaches_the_process()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var boot = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(new InMemoryHost { Boot = boot.Task });
        var docker = engine.Client(DockerClient.Debian);
        await ExpectAsync(docker, "docker create --name long busybox forever >/dev/null", "");
        using var client = docker.Command("start", "-a", "long").Start();
        await Assert.Single(engine.Host.Machines.Values).PoweredOn.WaitAsync(cancellation);

        await new Command("/bin/kill", "-INT", $"{client.Id}").RunAsync(cancellation);
        boot.SetResult();

        await client.WaitForExitAsync(cancellation);
        Assert.Equal(130, client.ExitCode);
    }

    [Fact]
    public async Task Past_events_are_told_when_their_end_is_past_too()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        await ExpectAsync(docker, "docker create --name made busybox echo >/dev/null; docker rm made", "made\n");

        // The client's own "--until 0s" is in whole seconds, and would miss what happened in this one.
        var until = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1) / 1000m;
        using var client = new HttpClient();
        var told = await client.GetStringAsync(
            new Uri(engine.Address, string.Create(CultureInfo.InvariantCulture, $"/events?since=1&until={until}")), TestContext.Current.CancellationToken);

        Assert.Equal(["create", "destroy"], told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["Action"]));
    }

    [Fact]
    public async Task Following_a_log_ends_with_the_container()
    {
        await using var engine = await TestEngine.StartAsync();
        var docker = engine.Client(DockerClient.Debian);
        await ExpectAsync(docker, "docker run -d --name long busybox forever >/dev/null", "");

        await ExpectAsync(docker, "docker logs -f long & docker stop long >/dev/null; wait", "ready\n");
    }

    [Fact]
    public async Task Containers_outlive_the_endpoint_and_are_found_again()
    {
        var host = new InMemoryHost();
        await using (var first = await TestEngine.StartAsync(host))
        {
            await ExpectAsync(first.Client(DockerClient.Debian), "docker run -d --name long busybox forever >/dev/null; docker create --name made busybox echo >/dev/null", "");
        }

        await using var second = await TestEngine.StartAsync(host);
        var docker = second.Client(DockerClient.Debian);

        await ExpectAsync(docker, "docker ps -a --format '{{.Names}} {{.State}}' | sort", "long running\nmade created\n");
        await ExpectAsync(docker, "docker exec long echo still here", "still here\n");
        await ExpectAsync(docker, "docker stop long; docker logs long", "long\nready\n");
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_not_let_in()
    {
        using var folder = new TemporaryFolder();
        TestCertificates.WriteTo(folder);
        await using var engine = await TestEngine.StartAsync(certificates: folder[""]);

        var result = await new Command(
            "/usr/bin/curl", "-s", "--cacert", folder["ca.pem"], engine.Address.ToString().Replace("http:", "https:", StringComparison.Ordinal) + "_ping")
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    private static async Task ExpectAsync(DockerClient docker, string line, string output, string error = "", int exitCode = 0)
    {
        var result = await docker.ShellAsync(line, TestContext.Current.CancellationToken);
        Assert.Equal((line, output, error, exitCode), (line, Encoding.UTF8.GetString(result.OutputBytes), result.Error, result.ExitCode));
    }
}

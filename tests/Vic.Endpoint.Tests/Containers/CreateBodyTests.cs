using System.Text.Json;
using Vic.Endpoint.Containers.Creation;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Tests.Containers;

public sealed class CreateBodyTests
{
    [Theory]
    [InlineData("""{"Image":"a","HostConfig":{"MemorySwappiness":-1,"PidsLimit":0,"RestartPolicy":{"Name":"no","MaximumRetryCount":0},"LogConfig":{"Type":"","Config":{}},"NetworkMode":"default","Binds":null,"Devices":[]}}""")]
    [InlineData("""{"Image":"a","Healthcheck":{"Test":["NONE"]},"NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":{},"Aliases":null,"GwPriority":0}}}}""")]
    public void What_clients_send_for_options_that_were_not_given_asks_for_nothing(string body)
    {
        Assert.Empty(Check(body));
    }

    [Theory]
    [InlineData("""{"HostConfig":{"Privileged":true}}""", "--privileged is not supported: ")]
    [InlineData("""{"hostconfig":{"privileged":true}}""", "--privileged is not supported: ")]
    [InlineData("""{"HostConfig":{"PidsLimit":5}}""", "--pids-limit is not supported: ")]
    [InlineData("""{"Healthcheck":{"Test":["CMD","true"]}}""", "A health check (--health-cmd) is not supported: ")]
    [InlineData("""{"HostConfig":{"Brandnew":1}}""", "The field Brandnew is not supported: ")]
    [InlineData("""{"NetworkingConfig":{"EndpointsConfig":{"a":{"Aliases":["x"]}}}}""", "--network-alias is not supported: ")]
    [InlineData("[]", "Config cannot be empty")]
    public void What_a_VCH_does_not_do_is_refused_by_name(string body, string beginning)
    {
        var refused = Assert.Throws<EngineException>(() => Check(body));

        Assert.Equal(400, refused.StatusCode);
        Assert.StartsWith(beginning, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hint_is_passed_over_with_a_warning()
    {
        Assert.Equal(["--cpu-shares is ignored: vSphere shares the CPU and the disks between virtual machines."], Check("""{"HostConfig":{"CpuShares":5}}"""));
    }

    private static IReadOnlyList<string> Check(string body)
    {
        using var document = JsonDocument.Parse(body);
        return CreateBodyChecker.Check(document.RootElement);
    }
}

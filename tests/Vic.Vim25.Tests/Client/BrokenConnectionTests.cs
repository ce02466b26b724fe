namespace Vic.Vim25.Tests.Client;

public sealed class BrokenConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_only_reads_is_sent_again_and_any_other_is_not()
    {
        int finds = 0;
        int powerOns = 0;
        await using var server = new ScriptedServer(request =>
        {
            if (request.Contains("<FindByIp ", StringComparison.Ordinal))
            {
                return finds++ == 0 ? null : SoapResponseWriter.Result(new FindByIpRequest(), new ManagedObjectReference("VirtualMachine", "vm-1"));
            }

            if (request.Contains("<PowerOnVM_Task ", StringComparison.Ordinal))
            {
                powerOns++;
                return null;
            }

            return ScriptedServer.Connect(request);
        });
        using VimClient client = await VimClient.ConnectAsync(new VimClientOptions(server.Address), Token);

        ManagedObjectReference? found = await new SearchIndex(client, new("SearchIndex", "s")).FindByIpAsync("10.0.0.1", false, cancellationToken: Token);
        var error = await Assert.ThrowsAsync<VimConnectionException>(
            () => new VirtualMachine(client, new("VirtualMachine", "vm-1")).PowerOnVMTaskAsync(cancellationToken: Token));

        Assert.Equal("vm-1", found?.Value);
        Assert.Equal(2, finds);
        Assert.Equal(1, powerOns);
        Assert.Equal("PowerOnVM_Task", error.MethodName);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_error() =>
        await Assert.ThrowsAsync<VimConnectionException>(() => VimClient.ConnectAsync(new VimClientOptions(new Uri("https://127.0.0.1:1/sdk")), Token));

    [Fact]
    public async Task An_answer_that_is_no_vim25_names_the_method()
    {
        await using var server = new ScriptedServer(
            request => request.Contains("<CurrentTime ", StringComparison.Ordinal) ? "<html>proxy</html>"u8.ToArray() : ScriptedServer.Connect(request));
        using VimClient client = await VimClient.ConnectAsync(new VimClientOptions(server.Address), Token);

        var error = await Assert.ThrowsAsync<VimProtocolException>(
            () => new ServiceInstance(client, new("ServiceInstance", "ServiceInstance")).CurrentTimeAsync(Token));

        Assert.Equal("CurrentTime", error.MethodName);
    }
}

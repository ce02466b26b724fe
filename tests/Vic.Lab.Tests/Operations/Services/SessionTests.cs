using System.Net;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

public sealed class SessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clone_ticket_opens_one_more_session_of_the_same_user_once()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var ticket = await Sessions(lab.Client).AcquireCloneTicketAsync(Token);
        using var first = await StrangerAsync(lab);
        using var second = await StrangerAsync(lab);

        var session = await Sessions(first).CloneSessionAsync(ticket, Token);

        Assert.Equal(lab.Server.Facts.User, session.UserName);
        await ConnectedLab.FaultOfAsync<InvalidLogin>(() => Sessions(second).CloneSessionAsync(ticket, Token));
    }

    [Fact]
    public async Task A_clone_ticket_ends_with_its_session()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var ticket = await Sessions(lab.Client).AcquireCloneTicketAsync(Token);
        await lab.Client.LogoutAsync(Token);
        using var stranger = await StrangerAsync(lab);

        await ConnectedLab.FaultOfAsync<InvalidLogin>(() => Sessions(stranger).CloneSessionAsync(ticket, Token));
    }

    [Fact]
    public async Task Sessions_are_listed_asked_for_and_terminated()
    {
        await using var lab = await ConnectedLab.StartAsync();
        using var other = await lab.ConnectAsync();
        var key = (await CurrentAsync(other)).Key;
        var user = lab.Server.Facts.User;

        Assert.Contains(key, (await lab.ReadAsync<List<UserSession>>(Sessions(lab.Client).Reference, "sessionList"))!.Select(session => session.Key));
        Assert.True(await Sessions(lab.Client).SessionIsActiveAsync(key, user, Token));
        Assert.False(await Sessions(lab.Client).SessionIsActiveAsync(key, "somebody else", Token));

        await Sessions(lab.Client).TerminateSessionAsync([key], Token);

        Assert.False(await Sessions(lab.Client).SessionIsActiveAsync(key, user, Token));
        await ConnectedLab.FaultOfAsync<NotAuthenticated>(() => CurrentAsync(other));
        await ConnectedLab.FaultOfAsync<NotFound>(() => Sessions(lab.Client).TerminateSessionAsync([key], Token));
    }

    [Fact]
    public async Task A_session_cannot_terminate_itself()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var key = (await CurrentAsync(lab.Client)).Key;

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => Sessions(lab.Client).TerminateSessionAsync([key], Token));
    }

    [Fact]
    public async Task One_session_or_all_expire_on_command()
    {
        await using var lab = await ConnectedLab.StartAsync();
        using var other = await lab.ConnectAsync();

        Assert.True(lab.Server.ExpireSession((await CurrentAsync(other)).Key));
        await ConnectedLab.FaultOfAsync<NotAuthenticated>(() => CurrentAsync(other));
        Assert.Equal(lab.Server.Facts.User, (await CurrentAsync(lab.Client)).UserName);

        Assert.Equal(1, lab.Server.ExpireSessions());
        await ConnectedLab.FaultOfAsync<NotAuthenticated>(() => CurrentAsync(lab.Client));
        Assert.False(lab.Server.ExpireSession("no such key"));
    }

    [Fact]
    public async Task Sessions_that_are_never_closed_are_limited_and_those_that_are_open_go_on()
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { SessionLimit = 2 });
        using var second = await lab.ConnectAsync();
        using var third = await StrangerAsync(lab);

        await ConnectedLab.FaultOfAsync<InvalidState>(() => third.LoginAsync(lab.Server.Facts.User, lab.Server.Facts.Password, Token));
        Assert.Equal(lab.Server.Facts.User, (await CurrentAsync(second)).UserName);

        await second.LogoutAsync(Token);
        await third.LoginAsync(lab.Server.Facts.User, lab.Server.Facts.Password, Token);
    }

    [Fact]
    public async Task A_service_ticket_is_for_one_request_of_one_method_on_one_file()
    {
        await using var lab = await ConnectedLab.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(lab.Server.Facts.StateDirectory, "datastores", "datastore1", "file"), "content", Token);
        var url = new Uri(lab.Server.Facts.Url, $"/folder/file?dcPath={lab.Server.Facts.Datacenter}&dsName=datastore1");
        using var http = Http(lab);

        var ticket = await TicketAsync(lab, "httpGet", url);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, url, ticket));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, HttpMethod.Get, url, ticket));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, HttpMethod.Delete, url, await TicketAsync(lab, "httpGet", url)));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusAsync(http, HttpMethod.Get, new Uri(url.AbsoluteUri.Replace("file", "other", StringComparison.Ordinal)), await TicketAsync(lab, "httpGet", url)));
    }

    [Fact]
    public async Task A_login_by_token_says_what_to_do_instead()
    {
        await using var lab = await ConnectedLab.StartAsync();
        using var stranger = await StrangerAsync(lab);

        var failure = await Assert.ThrowsAsync<VimFaultException>(() => Sessions(stranger).LoginByTokenAsync(cancellationToken: Token));

        Assert.IsType<InvalidLogin>(failure.Fault);
        Assert.Contains("log in with a user name and a password", failure.FaultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_disabled_for_a_session_are_enabled_when_it_ends_and_others_stay()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        using var other = await lab.ConnectAsync();
        await DisableAsync(other, machine, "Destroy_Task", "for a while", sessionScope: true);
        await DisableAsync(other, machine, "ReconfigVM_Task", "for good", sessionScope: false);
        var fault = await ConnectedLab.FaultOfAsync<MethodDisabled>(() => new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
        Assert.Equal("for a while", fault.Source);

        await other.LogoutAsync(Token);

        Assert.Equal(["ReconfigVM_Task"], (await lab.ReadAsync<List<string>>(machine, "disabledMethod"))!);
        await lab.RunAsync(await new VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));
    }

    [Fact]
    public async Task Each_source_enables_what_it_disabled()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        var manager = new AuthorizationManager(lab.Client, lab.Client.Content.AuthorizationManager!.Value);
        await DisableAsync(lab.Client, machine, "Destroy_Task", "one", sessionScope: false);
        await DisableAsync(lab.Client, machine, "Destroy_Task", "two", sessionScope: false);

        await manager.EnableMethodsAsync([machine], ["Destroy_Task"], "one", Token);

        var disabled = Assert.Single((await manager.QueryDisabledMethodsAsync(machine, Token))!);
        Assert.Equal(("Destroy_Task", "two", "because of two"), (disabled.Method, disabled.SourceId, disabled.ReasonId));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => DisableAsync(lab.Client, machine, "No_Such_Method", "one", sessionScope: false));
    }

    private static Task DisableAsync(VimClient client, ManagedObjectReference machine, string method, string source, bool sessionScope)
        => new AuthorizationManager(client, client.Content.AuthorizationManager!.Value).DisableMethodsAsync(
            [machine], [new DisabledMethodRequest { Method = method, ReasonId = $"because of {source}" }], source, sessionScope, Token);

    private static SessionManager Sessions(VimClient client) => new(client, client.Content.SessionManager!.Value);

    private static async Task<UserSession> CurrentAsync(VimClient client)
        => (await client.GetPropertyAsync<UserSession>(client.Content.SessionManager!.Value, "currentSession", Token))!;

    private static Task<VimClient> StrangerAsync(ConnectedLab lab)
        => VimClient.ConnectAsync(new VimClientOptions(lab.Server.Facts.Url) { Thumbprint = lab.Server.Facts.Thumbprint }, Token);

    private static async Task<string> TicketAsync(ConnectedLab lab, string method, Uri url)
        => (await Sessions(lab.Client).AcquireGenericServiceTicketAsync(
            new SessionManagerHttpServiceRequestSpec { Method = method, Url = url.AbsoluteUri }, Token)).Id;

    private static HttpClient Http(ConnectedLab lab) => new(new HttpClientHandler
    {
        UseCookies = false,
        ServerCertificateCustomValidationCallback = (_, certificate, _, _)
            => certificate!.GetCertHashString() == lab.Server.Facts.Thumbprint.Replace(":", string.Empty, StringComparison.Ordinal),
    });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, Uri url, string ticket)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Add("Cookie", $"vmware_cgi_ticket={ticket}");
        using var response = await http.SendAsync(request, Token);
        return response.StatusCode;
    }
}

using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Connecting, logging in and out.</summary>
public abstract class SessionTests(VimServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_opens_a_session_and_logout_ends_it()
    {
        using VimClient client = await VimClient.ConnectAsync(server.Options, Token);
        Assert.True(client.IsVirtualCenter);
        Assert.Equal(server.ApiVersion, client.ApiVersion);

        UserSession session = await client.LoginAsync(server.User, server.Password, Token);

        Assert.Equal(server.User, session.UserName);
        Assert.NotNull(client.SessionCookie);
        await client.LogoutAsync(Token);
        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.RetrieveAllAsync("VirtualMachine", ["name"], cancellationToken: Token));
        Assert.IsType<NotAuthenticated>(error.Fault);
    }

    [Fact]
    public async Task A_wrong_password_is_a_typed_fault_that_does_not_show_the_password()
    {
        using VimClient client = await VimClient.ConnectAsync(server.Options, Token);

        var error = await Assert.ThrowsAsync<VimFaultException>(() => client.LoginAsync(server.User, "s3cret", Token));

        Assert.IsType<InvalidLogin>(error.Fault);
        Assert.Equal("Login", error.MethodName);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_refused_with_the_thumbprint_to_pass()
    {
        var error = await Assert.ThrowsAsync<UntrustedCertificateException>(() => VimClient.ConnectAsync(new VimClientOptions(server.Url), Token));

        Assert.Equal(server.Thumbprint, error.ThumbprintSha256.Replace(":", "", StringComparison.Ordinal));
        Assert.Contains(error.Thumbprint, error.Message, StringComparison.Ordinal);
        using VimClient client = await VimClient.ConnectAsync(new VimClientOptions(server.Url) { Thumbprint = error.Thumbprint }, Token);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    public async Task Another_certificate_than_the_pinned_one_is_refused_with_both_thumbprints(int digits)
    {
        var pinned = string.Join(':', Enumerable.Repeat("AB", digits / 2));

        var error = await Assert.ThrowsAsync<UntrustedCertificateException>(
            () => VimClient.ConnectAsync(new VimClientOptions(server.Url) { Thumbprint = pinned.Replace(":", "", StringComparison.Ordinal) }, Token));

        Assert.Equal(pinned, error.ExpectedThumbprint);
        Assert.Contains(pinned, error.Message, StringComparison.Ordinal);
        Assert.Contains(digits == 40 ? error.Thumbprint : error.ThumbprintSha256, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_cloned_by_a_ticket_and_joined_by_its_cookie_without_the_password()
    {
        using VimClient client = await server.LoginAsync(Token);

        using VimClient clone = await client.CloneSessionAsync(Token);
        using VimClient joined = await VimClient.ConnectAsync(server.Options, client.SessionCookie, Token);

        Assert.NotEqual(client.SessionCookie, clone.SessionCookie);
        Assert.NotEmpty(await clone.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token));
        Assert.NotEmpty(await joined.RetrieveAllAsync("Datastore", ["name"], cancellationToken: Token));
    }

    [Fact]
    public async Task A_clone_ticket_opens_one_session_and_no_second()
    {
        using VimClient client = await server.LoginAsync(Token);
        string ticket = await client.AcquireCloneTicketAsync(Token);
        using VimClient first = await VimClient.ConnectAsync(server.Options, Token);
        using VimClient second = await VimClient.ConnectAsync(server.Options, Token);

        Assert.Equal(server.User, (await first.LoginByCloneTicketAsync(ticket, Token)).UserName);
        var error = await Assert.ThrowsAsync<VimFaultException>(() => second.LoginByCloneTicketAsync(ticket, Token));

        Assert.IsType<InvalidLogin>(error.Fault);
    }
}

/// <summary>Sessions on a vCenter that other people wrote.</summary>
public sealed class SimulatorSessionTests(SimulatorServer server) : SessionTests(server), IClassFixture<SimulatorServer>;

/// <summary>Sessions on the lab's vCenter.</summary>
public sealed class LabSessionTests(LabVCenter server) : SessionTests(server), IClassFixture<LabVCenter>;

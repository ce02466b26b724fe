using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.Api;

/// <summary>What a fault plan says happens to a call does happen to that call, and to no other.</summary>
public sealed class FaultPlanTests : IAsyncLifetime
{
    private LabServer _lab = null!;
    private VimClient _client = null!;
    private Folder _folder = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None }, Token);
        _client = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Token);
        await _client.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Token);
        var datacenter = (await _client.RetrieveAllAsync("Datacenter", ["vmFolder"], cancellationToken: Token)).Single();
        _folder = new Folder(_client, datacenter.Get<ManagedObjectReference>("vmFolder"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_failed_call_answers_with_a_fault_and_is_not_done()
    {
        _lab.Faults.Fail(1, CallFailure.Fault, "CreateFolder");

        var error = await Assert.ThrowsAsync<VimFaultException>(() => _folder.CreateFolderAsync("one", Token));

        Assert.IsType<HostCommunication>(error.Fault);
        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task A_dropped_call_gets_no_answer_and_is_not_done()
    {
        _lab.Faults.Fail(1, CallFailure.Drop, "CreateFolder");

        await Assert.ThrowsAsync<VimConnectionException>(() => _folder.CreateFolderAsync("one", Token));

        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task A_call_whose_answer_is_dropped_is_done()
    {
        _lab.Faults.Fail(1, CallFailure.DropAnswer, "CreateFolder");

        await Assert.ThrowsAsync<VimConnectionException>(() => _folder.CreateFolderAsync("one", Token));

        Assert.Equal(["one"], await FoldersAsync());
    }

    [Fact]
    public async Task A_duplicated_call_is_done_twice_and_answers_with_the_first_result()
    {
        _lab.Faults.Fail(1, CallFailure.Duplicate, "CreateFolder");

        var created = await _folder.CreateFolderAsync("one", Token);

        Assert.Equal("one", await _client.GetPropertyAsync<string>(created, "name", Token));
        Assert.Equal(["one"], await FoldersAsync());
    }

    [Fact]
    public async Task A_repeated_call_answers_with_the_second_result()
    {
        _lab.Faults.Fail(1, CallFailure.Repeat, "CreateFolder");

        var error = await Assert.ThrowsAsync<VimFaultException>(() => _folder.CreateFolderAsync("one", Token));

        Assert.IsType<DuplicateName>(error.Fault);
        Assert.Equal(["one"], await FoldersAsync());
    }

    [Fact]
    public async Task A_delayed_call_is_done_even_when_its_caller_has_left()
    {
        _lab.Faults.Delay(1, TimeSpan.FromMilliseconds(300), "Logout");
        using (var leaving = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Token))
        {
            await leaving.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Token);
            using var request = new HttpRequestMessage(HttpMethod.Post, _lab.Facts.Url);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            _lab.Faults.Do(1, cancellation.Cancel, "Logout");
            using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, UseCookies = false };
            using var http = new HttpClient(handler);
            request.Headers.Add("Cookie", $"vmware_soap_session={leaving.SessionCookie}");
            request.Content = new StringContent(
                "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><Logout xmlns='urn:vim25'>"
                + "<_this type='SessionManager'>SessionManager</_this></Logout></e:Body></e:Envelope>");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(request, cancellation.Token));

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            Exception? ended;
            while ((ended = await Record.ExceptionAsync(() => leaving.RetrieveAllAsync("Folder", ["name"], cancellationToken: patience.Token))) is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            }

            Assert.IsType<NotAuthenticated>(Assert.IsType<VimFaultException>(ended).Fault);
        }
    }

    [Fact]
    public async Task A_session_that_is_ended_at_a_call_is_ended_for_good_and_no_other_session_is()
    {
        using var other = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Token);
        await other.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Token);
        _lab.Faults.Fail(1, CallFailure.EndSession, "CreateFolder");

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var error = await Assert.ThrowsAsync<VimFaultException>(() => _folder.CreateFolderAsync("one", Token));
            Assert.IsType<NotAuthenticated>(error.Fault);
        }

        Assert.Equal("two", await other.GetPropertyAsync<string>(await new Folder(other, _folder.Reference).CreateFolderAsync("two", Token), "name", Token));
    }

    [Fact]
    public async Task The_third_call_of_a_method_fails_and_the_others_do_not()
    {
        _lab.Faults.Fail(3, CallFailure.Fault, "CreateFolder");

        await _folder.CreateFolderAsync("one", Token);
        await _folder.CreateFolderAsync("two", Token);
        await Assert.ThrowsAsync<VimFaultException>(() => _folder.CreateFolderAsync("three", Token));
        await _folder.CreateFolderAsync("four", Token);

        Assert.Equal(["four", "one", "two"], await FoldersAsync());
    }

    private async Task<IEnumerable<string>> FoldersAsync() =>
        (await _client.RetrieveAllAsync("Folder", ["name"], _folder.Reference, Token)).Select(folder => folder.Get<string>("name")!).Order(StringComparer.Ordinal);
}

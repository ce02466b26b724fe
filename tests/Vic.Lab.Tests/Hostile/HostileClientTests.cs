using System.Globalization;
using System.IO.Compression;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.Hostile;

/// <summary>Whatever one client does, it gets a fault that says what was wrong, the lab's memory stays bounded, and the others never notice.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private const string Opening = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>";
    private const string Closing = "</e:Body></e:Envelope>";

    private LabServer _lab = null!;
    private VimClient _neighbour = null!;
    private HttpClient _http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(
            new LabOptions { Model = InventoryModel.VCenter, Runtime = RuntimeKind.None, RequestTimeLimit = TimeSpan.FromSeconds(1) }, Token);
        _neighbour = await ConnectAsync();
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => IsLab(certificate) },
            UseCookies = false,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await AssertNeighbourNoticesNothingAsync();
        _http.Dispose();
        _neighbour.Dispose();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_method_that_nobody_knows_is_refused_by_its_name()
    {
        var answer = await PostAsync($"{Opening}<TakeOverTheWorld xmlns='urn:vim25'><_this type='Folder'>group-d1</_this></TakeOverTheWorld>{Closing}");

        Assert.Contains("NotSupported", answer, StringComparison.Ordinal);
        Assert.Contains("TakeOverTheWorld", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Folder", "group-nowhere")]
    [InlineData("Nonsense", "group-d1")]
    [InlineData("VirtualMachine", "../../etc/passwd")]
    public async Task A_reference_that_leads_nowhere_is_refused_with_the_reference(string type, string value)
    {
        using var client = await ConnectAsync();

        var error = await Assert.ThrowsAsync<VimFaultException>(
            () => client.InvokeAsync(new CreateFolderRequest { This = new ManagedObjectReference(type, value), Name = "a" }, Token));

        Assert.Equal(value, Assert.IsType<ManagedObjectNotFound>(error.Fault).Obj.Value);
        Assert.Equal("CreateFolder", error.MethodName);
    }

    [Fact]
    public async Task A_body_that_is_announced_too_large_is_refused_unread()
    {
        using var content = new StreamContent(new Repeated((byte)' ', 17L << 20));

        Assert.Contains("larger than 16 MiB", await PostAsync(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_an_end_is_refused_when_it_has_reached_the_limit()
    {
        using var content = new StreamContent(new Repeated((byte)' ', long.MaxValue));
        using var request = new HttpRequestMessage(HttpMethod.Post, _lab.Facts.Url) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        content.Headers.ContentLength = null;

        // The lab may have hung up while this client was still writing.
        var answer = await Record.ExceptionAsync(async () => Assert.Contains("larger than 16 MiB", await AnswerAsync(request), StringComparison.Ordinal));

        Assert.True(answer is null or HttpRequestException or IOException, answer?.ToString());
    }

    [Fact]
    public async Task Elements_within_elements_without_end_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<selectSet>", 50_000));

        var answer = await PostAsync($"{Opening}<CreateFilter xmlns='urn:vim25'><_this type='PropertyCollector'>propertyCollector</_this><spec>{deep}");

        Assert.Contains("CreateFilter: elements are nested more than", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packed_body_is_not_unpacked()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await new Repeated((byte)' ', 8L << 20).CopyToAsync(gzip, Token);
        }

        using var content = new ByteArrayContent(bomb.ToArray());
        content.Headers.Add("Content-Encoding", "gzip");

        Assert.Contains("InvalidRequest", await PostAsync(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_drips_is_not_waited_for()
    {
        await using var connection = await OpenAsync();
        await SendAsync(connection, $"POST /sdk HTTP/1.1\r\nHost: lab\r\nContent-Length: 1000\r\n\r\n{Opening}");

        var answer = await new StreamReader(connection).ReadToEndAsync(Token);

        Assert.Contains("did not arrive within", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_say_nothing_keep_nobody_out()
    {
        var silent = new List<TcpClient>();
        for (var number = 0; number < 300; number++)
        {
            var client = new TcpClient();
            silent.Add(client);
            await client.ConnectAsync("127.0.0.1", _lab.Facts.Port, Token);
        }

        await AssertNeighbourNoticesNothingAsync();
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Ten_thousand_filters_are_refused_at_the_limit_and_forgotten_with_their_session()
    {
        using var client = await ConnectAsync();
        var filter = PropertyFilters.ForObjects([client.Content.RootFolder], ["name"]);
        LimitExceeded? refused = null;
        var made = 0;
        for (; made < 10_000 && refused is null; made++)
        {
            refused = await FaultOfAsync<LimitExceeded>(
                () => client.InvokeAsync(new CreateFilterRequest { This = client.Content.PropertyCollector, Spec = filter }, Token));
        }

        Assert.NotNull(refused);
        Assert.Equal(refused.Limit + 1, made);
        await client.LogoutAsync(Token);
    }

    [Fact]
    public async Task Collectors_and_views_without_end_are_refused_at_the_limit()
    {
        using var client = await ConnectAsync();
        LimitExceeded? refused = null;
        for (var number = 0; number < 10_000 && refused is null; number++)
        {
            refused = await FaultOfAsync<LimitExceeded>(
                () => number % 2 == 0
                    ? client.InvokeAsync(new CreatePropertyCollectorRequest { This = client.Content.PropertyCollector }, Token)
                    : client.InvokeAsync(new CreateListViewRequest { This = client.Content.ViewManager!.Value }, Token));
        }

        Assert.NotNull(refused);
    }

    [Fact]
    public async Task A_filter_whose_paths_lead_in_circles_ends()
    {
        using var client = await ConnectAsync();
        var circle = new TraversalSpec { Name = "a", Type = "ManagedEntity", Path = "parent", SelectSet = [new SelectionSpec { Name = "a" }, new SelectionSpec { Name = "b" }] };
        var other = new TraversalSpec { Name = "b", Type = "Folder", Path = "childEntity", SelectSet = [new SelectionSpec { Name = "a" }, new SelectionSpec { Name = "b" }] };
        var spec = new PropertyFilterSpec
        {
            ObjectSet = [new ObjectSpec { Obj = client.Content.RootFolder, SelectSet = [circle, other] }],
            PropSet = [new PropertySpec { Type = "ManagedEntity", PathSet = ["name"] }],
        };

        var found = await client.RetrieveAsync(spec, Token);

        Assert.Equal(found.Count, found.Select(item => item.Reference).Distinct().Count());
    }

    [Fact]
    public async Task Waits_without_end_keep_nobody_out_and_end_with_their_session()
    {
        using var client = await ConnectAsync();
        var collector = await client.InvokeAsync(new CreatePropertyCollectorRequest { This = client.Content.PropertyCollector }, Token);
        var waits = Enumerable.Range(0, 100).Select(_ => PostAsync(
            $"{Opening}<WaitForUpdatesEx xmlns='urn:vim25'><_this type='PropertyCollector'>{collector.Value}</_this></WaitForUpdatesEx>{Closing}", client.SessionCookie)).ToList();
        await AssertNeighbourNoticesNothingAsync();

        await client.LogoutAsync(Token);

        Assert.All(await Task.WhenAll(waits), answer => Assert.Contains("Fault", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_that_nobody_closes_are_refused_at_the_limit_and_those_that_are_open_go_on()
    {
        string? refused = null;
        for (var number = 0; number < 10_000 && refused is null; number++)
        {
            var answer = await PostAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{Opening}<Login xmlns='urn:vim25'><_this type='SessionManager'>SessionManager</_this><userName>{_lab.Facts.User}</userName><password>{_lab.Facts.Password}</password></Login>{Closing}"));
            refused = answer.Contains("Fault", StringComparison.Ordinal) ? answer : null;
        }

        Assert.NotNull(refused);
    }

    private bool IsLab(X509Certificate? certificate) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256) == _lab.Facts.ThumbprintSha256.Replace(":", "", StringComparison.Ordinal);

    private async Task AssertNeighbourNoticesNothingAsync() =>
        Assert.Equal("Datacenters", await _neighbour.GetPropertyAsync<string>(_neighbour.Content.RootFolder, "name", Token));

    private static async Task<T?> FaultOfAsync<T>(Func<Task> call)
        where T : MethodFault
    {
        try
        {
            await call();
            return null;
        }
        catch (VimFaultException exception)
        {
            return Assert.IsType<T>(exception.Fault);
        }
    }

    private async Task<VimClient> ConnectAsync()
    {
        var client = await VimClient.ConnectAsync(new VimClientOptions(_lab.Facts.Url) { Thumbprint = _lab.Facts.ThumbprintSha256 }, Token);
        await client.LoginAsync(_lab.Facts.User, _lab.Facts.Password, Token);
        return client;
    }

    private Task<string> PostAsync(string body, string? cookie = null) => PostAsync(new StringContent(body), cookie);

    private async Task<string> PostAsync(HttpContent content, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _lab.Facts.Url) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"vmware_soap_session={cookie}");
        }

        // With this the client waits for the lab's word before it sends a body, so that a refusal is not lost behind a broken pipe.
        request.Headers.ExpectContinue = true;
        return await AnswerAsync(request);
    }

    private async Task<string> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private async Task<SslStream> OpenAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _lab.Facts.Port, Token);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => IsLab(certificate));
        await stream.AuthenticateAsClientAsync("localhost");
        return stream;
    }

    private static Task SendAsync(Stream connection, string text) => connection.WriteAsync(Encoding.ASCII.GetBytes(text), Token).AsTask();
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Vic.Lab.Inventory;
using Vic.Lab.Tests.Operations;
using Vic.Testing.Govmomi;
using Vic.Testing.Processes;

namespace Vic.Lab.Tests.Strangers;

/// <summary>Tags over the automation API, as Debian's govmomi uses it and as other clients write it.</summary>
public sealed class TagTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Govmomi_tags_hosts_and_reads_the_tags_again()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var program = new Command(await GoProgram.BuildAsync("tests/Vic.Lab.Tests/Strangers/Tags/tags.go", Token))
        {
            Environment = new Dictionary<string, string?>
            {
                ["VIC_TEST_URL"] = lab.Server.Facts.Url.ToString(),
                ["VIC_TEST_USER"] = lab.Server.Facts.User,
                ["VIC_TEST_PASSWORD"] = lab.Server.Facts.Password,
            },
        };

        var result = await program.RunAsync(Token);

        Assert.Equal(
            """
            a wrong password is refused: true
            user: true
            a second category of a name is refused: true
            a second tag of a single category is refused: true
            a tag for hosts is refused by a network: true
            tags of the first host: 1 east sunrise
            objects of the second tag: 1 true
            tags of HostSystem: 1
            tags of HostSystem: 1
            tags of DistributedVirtualPortgroup: 0
            tag north on 1
            tag west on 0
            tags left: 0
            session after logout: true

            """,
            result.EnsureSuccess().Output);
    }

    [Fact]
    public async Task The_newer_form_of_the_API_answers_without_wrapping()
    {
        await using var lab = await ConnectedLab.StartAsync();
        using var client = Client(lab);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{lab.Server.Facts.User}:{lab.Server.Facts.Password}"));
        using var login = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Headers = { { "Authorization", $"Basic {credentials}" } } };
        using var opened = await client.SendAsync(login, Token);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        client.DefaultRequestHeaders.Add("vmware-api-session-id", await opened.Content.ReadFromJsonAsync<string>(Token));

        using var made = await client.PostAsJsonAsync(
            "/api/cis/tagging/category", new { name = "zone", description = "", cardinality = "MULTIPLE", associable_types = Array.Empty<string>() }, Token);

        Assert.Equal([(await made.Content.ReadFromJsonAsync<string>(Token))!], await client.GetFromJsonAsync<List<string>>("/api/cis/tagging/category", Token));
        using var missing = await client.GetAsync("/api/cis/tagging/tag/urn:nothing", Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var half = new StringContent("{");
        using var broken = await client.PostAsync("/api/cis/tagging/category", half, Token);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Theory]
    [InlineData(InventoryModel.VCenter, HttpStatusCode.Unauthorized)]
    [InlineData(InventoryModel.Esx, HttpStatusCode.NotFound)]
    public async Task Tags_are_for_sessions_of_a_vCenter(InventoryModel model, HttpStatusCode expected)
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = model });
        using var client = Client(lab);

        using var answer = await client.GetAsync("/rest/com/vmware/cis/tagging/tag", Token);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_tags_of_an_object_go_with_it()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("machine");
        var world = lab.Server.World;
        string tag;
        lock (world.Store.Gate)
        {
            tag = world.Tags.AddTag(world.Tags.AddCategory("zone", string.Empty, false, []), "east", string.Empty);
            world.Tags.Attach(tag, machine);
        }

        await lab.RunAsync(await new Vim25.VirtualMachine(lab.Client, machine).DestroyTaskAsync(Token));

        lock (world.Store.Gate)
        {
            Assert.Empty(world.Tags.Attached(tag));
        }
    }

    private static HttpClient Client(ConnectedLab lab)
    {
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _)
                => certificate!.GetCertHashString() == lab.Server.Facts.Thumbprint.Replace(":", string.Empty, StringComparison.Ordinal),
        };
        return new HttpClient(handler) { BaseAddress = new Uri(lab.Server.Facts.Url, "/") };
    }
}

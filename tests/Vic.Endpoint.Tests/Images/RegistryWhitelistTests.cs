using Vic.Endpoint.Errors;
using Vic.Endpoint.Images.Pulls;
using Vic.Oci.References;

namespace Vic.Endpoint.Tests.Images;

/// <summary>Images come from registries of the list only.</summary>
public sealed class RegistryWhitelistTests
{
    [Theory]
    [InlineData("*.example.org", "registry.example.org/app", true)]
    [InlineData("*.example.org", "example.org/app", false)]
    [InlineData("*.example.org", "badexample.org/app", false)]
    [InlineData("registry.example.org", "registry.example.org:5000/app", true)]
    [InlineData("registry.example.org:5000", "registry.example.org:5000/app", true)]
    [InlineData("registry.example.org:5000", "registry.example.org:5001/app", false)]
    [InlineData("10.0.0.0/8", "10.1.2.3:5000/app", true)]
    [InlineData("10.0.0.0/8", "192.168.1.1:5000/app", false)]
    [InlineData("10.0.0.0/8", "no-such-host.invalid/app", false)]
    [InlineData("https://registry-1.docker.io/", "busybox", true)]
    [InlineData("other.example.org", "busybox", false)]
    public async Task An_entry_means_what_it_says(string entry, string image, bool isAllowed)
    {
        var whitelist = new RegistryWhitelist([entry], []);

        var check = whitelist.CheckAsync(ImageReference.Parse(image), TestContext.Current.CancellationToken);

        if (isAllowed)
        {
            await check;
        }
        else
        {
            Assert.Equal(EngineErrorKind.Forbidden, (await Assert.ThrowsAsync<EngineException>(() => check)).Kind);
        }
    }

    [Fact]
    public async Task Insecure_registries_belong_to_a_list_and_do_not_make_one()
    {
        var stranger = ImageReference.Parse("stranger.example.org/app");
        var insecure = ImageReference.Parse("old.example.org:5000/app");

        await new RegistryWhitelist([], ["old.example.org:5000"]).CheckAsync(stranger, TestContext.Current.CancellationToken);
        var whitelist = new RegistryWhitelist(["docker.io"], ["old.example.org:5000"]);
        await whitelist.CheckAsync(insecure, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<EngineException>(() => whitelist.CheckAsync(stranger, TestContext.Current.CancellationToken));
    }
}

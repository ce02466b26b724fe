using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Images;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Images;

/// <summary>What a container sees of an image that uses everything a layer can do.</summary>
[Collection<VcenterVchCollection>]
public sealed class SpecialImageTests(VcenterVch vch) : IDisposable
{
    // Everything at the image's root but what a container's own mounts cover.
    private static readonly string[] Roots =
    [
        "lib", "usr", "etc/kept", "etc/replaced", "opaque", "becomes-directory", "becomes-file", "owned", "set-user-id", "sticky", "attributes",
        "attributed", "first-name", "second-name", "absolute", "dangling", "link-to-link", "null", "pipe", "implied",
        "name with spaces and ünïcode", new string('n', 200),
    ];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Links_whiteouts_owners_and_attributes_look_inside_a_container_as_under_umoci()
    {
        var program = await TreeLister.BuildAsync(_folder, Cancellation);
        IReadOnlyList<byte[]> layers = [TreeLister.Layer(program), .. SampleImages.SpecialLayers()];
        TestImage.Build(layers, ImageFormat.Oci).WriteLayout(_folder["layout"], "test");
        (await new Command("umoci", "unpack", "--keep-dirlinks", "--image", _folder["layout"] + ":test", _folder["bundle"]).RunAsync(Cancellation)).EnsureSuccess();
        await vch.Deployment.PushAsync("special", TestImage.Build(layers), Cancellation);

        var inside = await vch.Docker.RunAsync(Cancellation, ["run", "--rm", "special", TreeLister.PathInImage, "", .. Roots]);
        var outside = await new Command(program, [_folder["bundle/rootfs"], .. Roots]).RunAsync(Cancellation);

        Assert.Equal(TreeLister.Sorted(outside.EnsureSuccess().Output), TreeLister.Sorted(inside.EnsureSuccess().Output));
        Assert.Contains(TreeLister.Sorted(inside.Output), line => line.StartsWith("/owned/by-1234 ", StringComparison.Ordinal) && line.Contains("owner=1234:1234", StringComparison.Ordinal));
        foreach (var hidden in new[] { "etc/gone", "tree", "opaque/old" })
        {
            Assert.Equal(1, (await vch.Docker.RunAsync(Cancellation, "run", "--rm", "special", TreeLister.PathInImage, "", hidden)).ExitCode);
        }
    }
}

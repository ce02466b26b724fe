using Vic.Oci.References;

namespace Vic.Oci.Tests.References;

public sealed class ImageReferenceTests
{
    private const string Hash = "sha256:4b6ad3a68d34da29bf7c8ccb5d355ba8b4babcad1f99798204e7abb43e54ee3d";

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("busybox:1.35", "docker.io/library/busybox:1.35", "busybox:1.35")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("index.docker.io/library/busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("user/app", "docker.io/user/app:latest", "user/app:latest")]
    [InlineData("localhost/app", "localhost/app:latest", "localhost/app:latest")]
    [InlineData("registry:5000/a/b:c", "registry:5000/a/b:c", "registry:5000/a/b:c")]
    [InlineData("10.0.0.1:5000/app", "10.0.0.1:5000/app:latest", "10.0.0.1:5000/app:latest")]
    [InlineData("busybox@" + Hash, "docker.io/library/busybox@" + Hash, "busybox@" + Hash)]
    [InlineData("a.b/c__d-e--f:T_1", "a.b/c__d-e--f:T_1", "a.b/c__d-e--f:T_1")]
    public void Names_are_normalised_as_docker_does(string text, string full, string familiar)
    {
        var reference = ImageReference.Parse(text).OrLatest();

        Assert.Equal(full, reference.ToString());
        Assert.Equal(familiar, reference.FamiliarText);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" busybox")]
    [InlineData("busybox:")]
    [InlineData("busy box")]
    [InlineData("a//b")]
    [InlineData("-a")]
    [InlineData("a/../b")]
    [InlineData("busybox@sha256:1234")]
    [InlineData("busybox:a/b")]
    [InlineData("http://registry/a")]
    public void A_text_that_is_no_name_is_refused(string text) =>
        Assert.StartsWith("invalid reference format", Assert.Throws<ImageReferenceException>(() => ImageReference.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Upper_case_and_bare_ids_are_refused_with_dockers_words()
    {
        Assert.Equal("invalid reference format: repository name must be lowercase", Assert.Throws<ImageReferenceException>(() => ImageReference.Parse("BusyBox")).Message);
        Assert.Contains("cannot specify 64-byte hexadecimal strings", Assert.Throws<ImageReferenceException>(() => ImageReference.Parse(new string('a', 64))).Message, StringComparison.Ordinal);
    }
}

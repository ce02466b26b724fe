using Vic.Lab;
using Vic.PowerShell.Tests.Hosting;

namespace Vic.PowerShell.Tests.Sessions;

/// <summary>A server is trusted as with ssh: its certificate is accepted once, and known from then on.</summary>
public sealed class ServerTrustTests
{
    private const string WithoutThumbprint = "$server = Connect-VICServer -Server $address -Port $port -Credential $credential";

    [Fact]
    public async Task A_certificate_is_accepted_once_and_known_in_later_sessions()
    {
        await using var lab = await ModuleLab.StartAsync();
        using (var first = lab.Open())
        {
            var refused = first.Run(WithoutThumbprint).AssertError("UntrustedCertificate");
            Assert.Contains("-AcceptThumbprint", refused.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            first.Run(WithoutThumbprint + " -AcceptThumbprint").AssertSucceeded();
        }

        using var later = lab.Open();
        var connected = later.Run(WithoutThumbprint + "; $server.Thumbprint");

        Assert.Equal(lab.Facts.ThumbprintSha256, connected.AssertSucceeded().Text);
    }

    [Fact]
    public async Task A_changed_certificate_is_an_error_that_shows_both_thumbprints_until_it_is_accepted()
    {
        var earlier = await ModuleLab.StartAsync();
        var (port, before) = (earlier.Facts.Port, earlier.Facts.ThumbprintSha256);
        using (var runspace = earlier.Open())
        {
            runspace.Run(WithoutThumbprint + " -AcceptThumbprint").AssertSucceeded();
        }

        await earlier.DisposeAsync();
        await using var lab = await ModuleLab.StartAsync(new LabOptions { Port = port });
        using var changed = lab.Open();

        var error = changed.Run(WithoutThumbprint).AssertError("CertificateChanged");
        var accepted = changed.Run(WithoutThumbprint + " -AcceptThumbprint").AssertSucceeded();
        changed.Run(WithoutThumbprint).AssertSucceeded();

        Assert.Contains(before, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(lab.Facts.ThumbprintSha256, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(before, Assert.Single(accepted.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thumbprint_of_either_length_is_verified_before_it_is_remembered(bool isSha256)
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.Open();
        runspace.Set("thumbprint", (isSha256 ? lab.Facts.ThumbprintSha256 : lab.Facts.Thumbprint).Replace(":", "", StringComparison.Ordinal).ToLowerInvariant());
        runspace.Set("other", string.Join(':', Enumerable.Repeat("AB", isSha256 ? 32 : 20)));

        var refused = runspace.Run(WithoutThumbprint + " -Thumbprint $other -AcceptThumbprint").AssertError("UntrustedCertificate");
        runspace.Run(WithoutThumbprint).AssertError("UntrustedCertificate");
        runspace.Run(WithoutThumbprint + " -Thumbprint $thumbprint -AcceptThumbprint").AssertSucceeded();
        runspace.Run(WithoutThumbprint).AssertSucceeded();

        Assert.Contains("AB:AB:AB", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains(isSha256 ? lab.Facts.ThumbprintSha256 : lab.Facts.Thumbprint, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_the_password_is_not_remembered()
    {
        await using var lab = await ModuleLab.StartAsync();
        using var runspace = lab.Open();

        runspace.Run(WithoutThumbprint.Replace("$credential", "([pscredential]::new('nobody', $credential.Password))", StringComparison.Ordinal) + " -AcceptThumbprint")
            .AssertError("InvalidLogin");

        runspace.Run(WithoutThumbprint).AssertError("UntrustedCertificate");
    }
}

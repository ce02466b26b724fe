namespace Vic.Vim25.Desktop;

/// <summary>Certificates, passwords, and servers that are none.</summary>
internal static class TourConnections
{
    public static async Task RunAsync(TourFacts facts)
    {
        var wrong = new VimClientOptions(facts.Options.Server) { Thumbprint = new string('0', 64) };
        UntrustedCertificateException refused = await TourFacts.FailAsync<UntrustedCertificateException>(
            () => VimClient.ConnectAsync(wrong), "another certificate is refused");
        TourFacts.Require(
            refused.ThumbprintSha256.Replace(":", "") == facts.Options.Thumbprint, "the error carries the thumbprint to pass");

        using VimClient client = await VimClient.ConnectAsync(facts.Options);
        VimFaultException fault = await TourFacts.FailAsync<VimFaultException>(
            () => client.LoginAsync(facts.User, "wrong"), "a wrong password is refused");
        TourFacts.Require(fault.Fault is InvalidLogin, "a wrong password is an InvalidLogin");

        await TourFacts.FailAsync<VimConnectionException>(
            () => VimClient.ConnectAsync(new VimClientOptions(new Uri("https://127.0.0.1:1/sdk"))), "a server that is not there cannot be reached");
        VimProtocolException error = await TourFacts.FailAsync<VimProtocolException>(
            () => VimClient.ConnectAsync(new VimClientOptions(facts.Broken)), "an answer that is no vim25 is refused");
        TourFacts.Require(error.MethodName == "RetrieveServiceContent", "the error names the method");
    }
}

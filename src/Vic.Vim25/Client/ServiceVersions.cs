using System.Net;

namespace Vic.Vim25;

/// <summary>Finds the API version that server and schema have in common, from the document that every server offers.</summary>
internal static class ServiceVersions
{
    /// <summary>What every server that is still in use understands.</summary>
    public const string Fallback = "6.0";

    /// <summary>The versions that the schema covers, the best first. The facts in it are those of 6.7.</summary>
    private static readonly string[] Known = ["6.7", "6.5", "6.0", "5.5"];

    private static readonly VimXmlLimits Limits = new(256 * 1024, 4096, 16);

    public static async Task<string> NegotiateAsync(VimTransport transport, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(transport.CallTimeout);
        try
        {
            return await ReadAsync(transport, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VimConnectionException(
                transport.Server, $"{transport.Server.Host}:{transport.Server.Port} takes the connection but did not answer within {transport.CallTimeout}.", e);
        }
    }

    private static async Task<string> ReadAsync(VimTransport transport, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(transport.Server, "/sdk/vimServiceVersions.xml"));
        using HttpResponseMessage response = await transport.SendAsync(message, what: "", cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Fallback;
        }

        using ResponseBody body = await ResponseBody.BeginAsync(response.Content, cancellationToken).ConfigureAwait(false);
        using var reader = new VimXmlReader(body, Limits);
        return Choose(reader);
    }

    internal static string Choose(VimXmlReader reader)
    {
        var offered = new List<string>();
        if (reader.MoveToRoot())
        {
            while (reader.MoveToChild())
            {
                offered.AddRange(ReadNamespace(reader));
            }
        }

        return Known.FirstOrDefault(offered.Contains) ?? Fallback;
    }

    private static List<string> ReadNamespace(VimXmlReader reader)
    {
        string name = "";
        var versions = new List<string>();
        while (reader.MoveToChild())
        {
            if (reader.NameIs("name"u8))
            {
                name = reader.ReadString();
            }
            else if (reader.NameIs("version"u8))
            {
                versions.Add(reader.ReadString());
            }
            else if (reader.NameIs("priorVersions"u8))
            {
                while (reader.MoveToChild())
                {
                    versions.Add(reader.ReadString());
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return name == "urn:vim25" ? versions : [];
    }
}

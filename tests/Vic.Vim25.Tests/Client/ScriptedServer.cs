using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vic.Vim25.Tests.Client;

/// <summary>Answers HTTP requests as a function says, one connection each.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Stream, Task> _answer;
    private readonly Task _serving;

    /// <param name="answer">Gives the body of the answer; null breaks the connection without one.</param>
    public ScriptedServer(Func<string, byte[]?> answer)
        : this((request, stream) => answer(request) is { } body ? SendAsync(stream, body) : Task.CompletedTask)
    {
    }

    /// <param name="answer">Writes the answer to a request.</param>
    public ScriptedServer(Func<string, Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/sdk");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>What a server answers to a client that connects.</summary>
    public static byte[] Connect(string request, ServiceContent? content = null)
    {
        content ??= new ServiceContent();
        content.RootFolder = new("Folder", "group-d1");
        content.PropertyCollector = new("PropertyCollector", "pc");
        return request.StartsWith("GET", StringComparison.Ordinal)
            ? "<namespaces version='1.0'><namespace><name>urn:vim25</name><version>7.0.1.0</version><priorVersions><version>6.7</version></priorVersions></namespace></namespaces>"u8.ToArray()
            : SoapResponseWriter.Result(new RetrieveServiceContentRequest(), content);
    }

    /// <summary>Writes a whole answer.</summary>
    public static async Task SendAsync(Stream stream, byte[] body)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient connection = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(connection.GetStream());
            }
            catch (IOException)
            {
                // The client hung up.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        byte[] block = new byte[8192];
        while (!IsComplete(request.ToString()))
        {
            int count = await stream.ReadAsync(block);
            if (count == 0)
            {
                return;
            }

            request.Append(Encoding.UTF8.GetString(block, 0, count));
        }

        await _answer(request.ToString(), stream);
    }

    private static bool IsComplete(string request) =>
        request.StartsWith("GET", StringComparison.Ordinal)
            ? request.Contains("\r\n\r\n", StringComparison.Ordinal)
            : request.Contains("</soapenv:Envelope>", StringComparison.Ordinal);
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Vic.Vim25.Tests.Client;

namespace Vic.Vim25.Tests.Hostile;

/// <summary>A server that lets a client connect, and then answers a <c>CurrentTime</c> with whatever bytes a test writes, for as long as the client listens.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Stream, Task> _answer;
    private readonly Task _serving;

    public HostileServer(Func<Stream, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/sdk");
        _serving = ServeAsync();
    }

    /// <summary>A server whose answer's body is an envelope with this in it.</summary>
    public static HostileServer WithBody(string body) => new(async stream =>
    {
        byte[] bytes = Wire.Xml.Envelope(body);
        await SendAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {bytes.Length}\r\n\r\n");
        await stream.WriteAsync(bytes);
    });

    public Uri Address { get; }

    public static Task SendAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

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
                // The client has had enough.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        string request = await ReadAsync(stream);
        if (request.Contains("<CurrentTime ", StringComparison.Ordinal))
        {
            await _answer(stream);
        }
        else if (request.Length > 0)
        {
            byte[] body = ScriptedServer.Connect(request);
            await SendAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
            await stream.WriteAsync(body);
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        byte[] block = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(block)) > 0)
        {
            request.Append(Encoding.UTF8.GetString(block, 0, count));
            string text = request.ToString();
            if (text.EndsWith("</soapenv:Envelope>", StringComparison.Ordinal) || (text.StartsWith("GET", StringComparison.Ordinal) && text.EndsWith("\r\n\r\n", StringComparison.Ordinal)))
            {
                return text;
            }
        }

        return "";
    }
}

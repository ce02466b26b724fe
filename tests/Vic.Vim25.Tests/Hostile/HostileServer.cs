using System.Text;
using Vic.Vim25.Tests.Client;

namespace Vic.Vim25.Tests.Hostile;

/// <summary>A server that lets a client connect, and then answers a <c>CurrentTime</c> with whatever bytes a test writes, for as long as the client listens.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;

    public HostileServer(Func<Stream, Task> answer) => _server = new ScriptedServer((request, stream) =>
        request.Contains("<CurrentTime ", StringComparison.Ordinal) ? answer(stream) : ScriptedServer.SendAsync(stream, ScriptedServer.Connect(request)));

    /// <summary>A server whose answer's body is an envelope with this in it.</summary>
    public static HostileServer WithBody(string body) => new(async stream =>
    {
        byte[] bytes = Wire.Xml.Envelope(body);
        await SendAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {bytes.Length}\r\n\r\n");
        await stream.WriteAsync(bytes);
    });

    public Uri Address => _server.Address;

    public static Task SendAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

using System.Net;
using System.Net.Sockets;
using Vic.Guest.Sessions;
using Vic.Guest.Sessions.Cryptography;
using Vic.Guest.Sessions.Wire;

namespace Vic.Guest.Tests.Sessions;

public sealed class HostilePeerTests : ISessionDirectory
{
    private readonly byte[] key = SessionKeys.Random(32);
    private readonly string id = new('a', 64);
    private readonly ContainerSession session;

    public HostilePeerTests() => session = new ContainerSession(id);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public byte[]? FindKey(string containerId) => containerId == id ? key : null;

    public ContainerSession? FindSession(string containerId) => session;

    [Fact]
    public async Task A_guest_with_a_wrong_key_is_closed() =>
        await Assert.ThrowsAsync<SessionRefusedException>(() => OpenAsync(id, SessionKeys.Random(32)));

    [Fact]
    public async Task A_container_that_is_unknown_is_closed() =>
        await Assert.ThrowsAsync<SessionRefusedException>(() => OpenAsync(new string('b', 64), key));

    [Fact]
    public async Task A_recorded_opening_does_not_disturb_the_session()
    {
        var (server, client) = await PairAsync();
        var serving = new SessionListener(this).ServeAsync(server, LinkProfile.Network, Cancellation);
        byte[] opening = [.. "VICS"u8, 1, .. Convert.FromHexString(id)];
        byte[] recorded = [.. opening, .. new NoiseHandshake(opening, key, SessionKeys.Random(32)).WriteFirst([])];

        await client.WriteAsync(recorded, Cancellation);
        await client.ReadExactlyAsync(new byte[52], Cancellation);
        await client.WriteAsync(new byte[200], Cancellation);
        await serving;

        Assert.False(session.Connected.IsCompleted);
        Assert.False(session.IsConnected);
    }

    [Fact]
    public async Task Any_frames_of_a_guest_that_holds_the_key_end_the_connection_and_nothing_else()
    {
        var random = new Random(11);
        for (var round = 0; round < 150; round++)
        {
            var (server, client) = await PairAsync();
            var fresh = new HostilePeerTests();
            var serving = new SessionListener(new Directory(fresh.key, new ContainerSession(id))).ServeAsync(server, LinkProfile.Network, Cancellation);
            await using var transport = new SessionTransport(client, LinkProfile.Network);
            var channel = (await SessionHandshake.InitiateAsync(transport, id, fresh.key, Cancellation))!;
            Put(channel, [(byte)FrameType.Hello, 1, 0, 0, 0, 0, .. SessionKeys.Random(16)]);
            for (var frame = 0; frame < 30; frame++)
            {
                var bytes = new byte[random.Next(1, 60)];
                random.NextBytes(bytes);
                bytes[0] = (byte)random.Next(1, 13);
                if (bytes.Length > 5)
                    bytes.AsSpan(1, 4).Clear();
                if (bytes.Length > 1)
                    bytes[1] = (byte)random.Next(0, 5);
                Put(channel, bytes);
            }

            try
            {
                await channel.FlushAsync(Cancellation);
                await client.DisposeAsync();
            }
            catch (IOException)
            {
                // The endpoint has closed the connection already.
            }

            await serving;
        }
    }

    private static void Put(SecureChannel channel, byte[] frame) => frame.CopyTo(channel.Reserve(frame.Length));

    private static async Task<(NetworkStream Server, NetworkStream Client)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancellation);
        var server = await listener.AcceptTcpClientAsync(Cancellation);
        return (server.GetStream(), client.GetStream());
    }

    private async Task OpenAsync(string containerId, byte[] guestKey)
    {
        var (server, client) = await PairAsync();
        var serving = new SessionListener(this).ServeAsync(server, LinkProfile.Network, Cancellation);
        await using var transport = new SessionTransport(client, LinkProfile.Network);
        try
        {
            await SessionHandshake.InitiateAsync(transport, containerId, guestKey, Cancellation);
        }
        finally
        {
            await serving;
        }
    }

    private sealed class Directory(byte[] key, ContainerSession session) : ISessionDirectory
    {
        public byte[]? FindKey(string containerId) => key;

        public ContainerSession? FindSession(string containerId) => session;
    }
}

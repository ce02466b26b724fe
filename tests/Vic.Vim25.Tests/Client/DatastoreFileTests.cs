using System.Security.Cryptography;
using Vic.Vim25.Tests.Servers;

namespace Vic.Vim25.Tests.Client;

/// <summary>Files on a datastore.</summary>
public abstract class DatastoreFileTests(VimServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_to_a_datastore_and_comes_back_whole_or_from_an_offset()
    {
        using VimClient client = await server.LoginAsync(Token);
        var files = new DatastoreFiles(client, server.Datacenter, server.Datastore);
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        string path = $"a b+c {Guid.NewGuid():N}.bin";
        long sent = 0;

        await files.UploadAsync(path, new MemoryStream(content), content.Length, new Immediate(bytes => sent = bytes), Token);

        Assert.Equal(content.Length, sent);
        Assert.Equal(content.Length, await files.GetSizeAsync(path, Token));
        using var back = new MemoryStream();
        await files.DownloadAsync(path, back, cancellationToken: Token);
        Assert.Equal(content, back.ToArray());
        using var rest = new MemoryStream();
        Assert.Equal(content.Length - 1_234_567, await files.DownloadFromAsync(path, 1_234_567, rest, cancellationToken: Token));
        Assert.Equal(content[1_234_567..], rest.ToArray());
        Assert.Equal(0, await files.DownloadFromAsync(path, content.Length, rest, cancellationToken: Token));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_typed_error_and_a_path_that_leaves_the_datastore_is_refused()
    {
        using VimClient client = await server.LoginAsync(Token);
        var files = new DatastoreFiles(client, server.Datacenter, server.Datastore);

        Assert.False(await files.ExistsAsync("missing", Token));
        var error = await Assert.ThrowsAsync<DatastoreFileException>(() => files.DownloadAsync("missing", Stream.Null, cancellationToken: Token));
        Assert.True(error.IsNotFound);
        Assert.Throws<ArgumentException>(() => files.ExistsAsync("../etc/passwd", Token).GetAwaiter().GetResult());
    }

    private sealed class Immediate(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}

/// <summary>The datastore of a vCenter that other people wrote.</summary>
public sealed class SimulatorDatastoreFileTests(SimulatorServer server) : DatastoreFileTests(server), IClassFixture<SimulatorServer>;

/// <summary>The datastore of the lab's vCenter.</summary>
public sealed class LabDatastoreFileTests(LabVCenter server) : DatastoreFileTests(server), IClassFixture<LabVCenter>;

using Vic.Lab.Machines;
using Vic.Vim25;

namespace Vic.Lab.Tests.VirtualMachines;

/// <summary>Files that a machine writes while they are read.</summary>
public sealed class GrowingFileTests
{
    // More than connections hold on their way, so that the server still reads when the file has grown.
    private const int Length = 32 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_download_ends_where_the_file_ended_when_it_began(long offset)
    {
        await using var lab = await MachineLab.StartAsync(new LabOptions { Runtime = RuntimeKind.None });
        var files = new DatastoreFiles(lab.Client, "Datacenter", "datastore1");
        await files.UploadAsync("machine.log", new MemoryStream(new byte[Length]), Length, cancellationToken: Cancellation);
        var path = Directory.EnumerateFiles(lab.Server.Facts.StateDirectory, "machine.log", SearchOption.AllDirectories).Single();
        using var reader = new Reader(() => File.AppendAllText(path, "a line more"));

        var count = await files.DownloadFromAsync("machine.log", offset, reader, cancellationToken: Cancellation);

        Assert.Equal(Length - offset, count);
        Assert.Equal(Length + "a line more".Length, await files.GetSizeAsync("machine.log", Cancellation));
    }

    /// <summary>Counts what it is given, and lets something happen in between.</summary>
    private sealed class Reader(Action onFirstBytes) : MemoryStream
    {
        private bool _hasBegun;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                onFirstBytes();
            }

            return ValueTask.CompletedTask;
        }
    }
}

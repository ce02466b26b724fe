using System.Text;
using Vic.Configuration;
using Vic.Engine.Inspection;
using Vic.Engine.Inventory;
using Vic.Engine.Removal;
using Vic.Vim25;

namespace Vic.Engine.Containers;

/// <summary>
/// What a container has printed, read from the file that its virtual machine writes on the datastore: it needs no endpoint, and no machine that runs.
/// </summary>
public sealed class ContainerLog
{
    private const string FileName = "output.log";
    private const int BlockSize = 1024 * 1024;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly VimClient _client;
    private readonly ContainerVmInfo _container;
    private readonly DatastoreFiles _files;
    private readonly string _path;
    private readonly OutputLogReader _reader = new();
    private readonly OutputLogLines _lines = new();
    private bool _isOver;

    private ContainerLog(VimClient client, ContainerVmInfo container, DatastoreFiles files, string path)
    {
        _client = client;
        _container = container;
        _files = files;
        _path = path;
    }

    /// <summary>Finds the log of a container; one that has never run has an empty one.</summary>
    /// <exception cref="VicException">The virtual machine has no files yet.</exception>
    public static async Task<ContainerLog> OpenAsync(VimClient client, ContainerVmInfo container, CancellationToken cancellationToken)
    {
        var inventory = await InventorySnapshot.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        var folder = MachineRemoval.Home(container.Machine) ?? throw new VicException(
            "NoFiles", VicErrorKind.NotFound, $"The virtual machine of '{container.Name}' has no files.") { Target = container.Name };
        var files = new DatastoreFiles(client, inventory.DatacenterPath(inventory.DatacenterOf(container.Machine)), folder.Datastore);
        return new ContainerLog(client, container, files, $"{folder.Name}/{FileName}");
    }

    /// <summary>Reads on; empty at the present end of the log.</summary>
    /// <exception cref="DatastoreFileException">The file cannot be read.</exception>
    public async Task<IReadOnlyList<ContainerLogLine>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var position = _reader.Position;
            var block = await ReadBlockAsync(cancellationToken).ConfigureAwait(false);
            var lines = _reader.Add(block, 0, block.Length).SelectMany(_lines.Add).Select(Line).ToList();

            // A block without a line may be the middle of one; without an entry it is the end.
            if (lines.Count > 0 || _reader.Position == position)
            {
                return lines;
            }
        }
    }

    /// <summary>Reads to the present end of the log and returns its last lines.</summary>
    /// <param name="count">How many lines.</param>
    /// <param name="withUnfinished">Whether what has no end yet is a line; without it, it is read on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ContainerLogLine>> ReadTailAsync(int count, bool withUnfinished, CancellationToken cancellationToken)
    {
        var last = new List<ContainerLogLine>();
        while (await ReadAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } lines)
        {
            Keep(lines);
        }

        Keep(withUnfinished ? ReadUnfinished() : []);
        return last;

        void Keep(IReadOnlyList<ContainerLogLine> lines)
        {
            last.AddRange(lines);
            last.RemoveRange(0, Math.Max(0, last.Count - count));
        }
    }

    /// <summary>The last line of each stream, as far as it has no end.</summary>
    public IReadOnlyList<ContainerLogLine> ReadUnfinished() => [.. _lines.Flush().Select(Line)];

    /// <summary>Waits a moment for the container to print more.</summary>
    /// <returns>False when its virtual machine was off already before everything was read: there will be no more.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return false;
        }

        await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
        try
        {
            // What it printed last is read after this.
            _isOver = await _client.GetPropertyAsync<VirtualMachinePowerState>(_container.Reference, "runtime.powerState", cancellationToken)
                .ConfigureAwait(false) != VirtualMachinePowerState.PoweredOn;
        }
        catch (VimFaultException exception) when (Faults.IsMissing(exception))
        {
            return false;
        }

        return true;
    }

    private async Task<byte[]> ReadBlockAsync(CancellationToken cancellationToken)
    {
        using var block = new MemoryStream();
        try
        {
            await _files.DownloadPartAsync(_path, _reader.Position, BlockSize, block, cancellationToken).ConfigureAwait(false);
        }
        catch (DatastoreFileException exception) when (exception.IsNotFound)
        {
            // A container that has never run has printed nothing.
            return [];
        }

        _reader.Restart();
        return block.ToArray();
    }

    private static ContainerLogLine Line(OutputLogEntry line) => new(
        line.Time, line.Stream == OutputStreamKind.Error ? "stderr" : "stdout", Encoding.UTF8.GetString(line.Content).TrimEnd('\r', '\n'));
}

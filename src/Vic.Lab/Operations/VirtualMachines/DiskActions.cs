using Vic.Lab.Disks;
using Vic.Lab.Machines;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Carries out the file work of a device plan, and undoes it when what follows fails.</summary>
/// <param name="disks">The disks.</param>
/// <param name="attached">Whether the disks that grow are attached to the machine that asks for it, which runs.</param>
internal sealed class DiskActions(IVirtualDisks disks, bool attached = false)
{
    private readonly Stack<Func<Task>> undo = new();
    private readonly List<string> replaced = [];

    /// <summary>Checks that the disks to delete will not be missed.</summary>
    /// <exception cref="VirtualDiskInUseException">Another disk grew from one of them.</exception>
    public void Check(IEnumerable<DiskAction.Delete> actions)
    {
        foreach (var delete in actions)
        {
            if (disks.ChildrenOf(delete.Path) is [var child, ..])
            {
                throw new VirtualDiskInUseException(delete.Path, $"the virtual disk {child}");
            }
        }
    }

    public async Task RunAsync(IEnumerable<DiskAction> actions, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
        {
            switch (action)
            {
                case DiskAction.Create create:
                    await CreateAsync(create, cancellationToken).ConfigureAwait(false);
                    break;
                case DiskAction.Extend extend:
                    await ExtendAsync(extend, cancellationToken).ConfigureAwait(false);
                    break;
                case DiskAction.Delete delete:
                    await disks.DeleteAsync(delete.Path, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Copies a disk, flattening its chain.</summary>
    public async Task CopyAsync(string source, string destination, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        await disks.CopyAsync(source, destination, overwrite: false, progress, cancellationToken).ConfigureAwait(false);
        undo.Push(() => disks.DeleteAsync(destination, CancellationToken.None));
    }

    /// <summary>Moves a disk to where none is.</summary>
    public async Task MoveAsync(string source, string destination, CancellationToken cancellationToken)
    {
        await disks.MoveAsync(source, destination, overwrite: false, cancellationToken).ConfigureAwait(false);
        undo.Push(() => disks.MoveAsync(destination, source, overwrite: false, CancellationToken.None));
    }

    /// <summary>Brings the files back to what they were; best effort, because the reason for it is on its way to the client already.</summary>
    public async Task UndoAsync()
    {
        while (undo.TryPop(out var step))
        {
            try
            {
                await step().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or MachineException)
            {
                continue;
            }
        }
    }

    /// <summary>Deletes what was only kept to undo the work.</summary>
    public async Task CompleteAsync()
    {
        undo.Clear();
        foreach (var path in replaced)
        {
            await disks.DeleteAsync(path, CancellationToken.None).ConfigureAwait(false);
        }

        replaced.Clear();
    }

    private async Task CreateAsync(DiskAction.Create create, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.GetDirectoryName(create.Path)))
        {
            throw new DirectoryNotFoundException($"The folder of {Path.GetFileName(create.Path)} does not exist.");
        }

        if (create.Replace && File.Exists(create.Path))
        {
            await SetAsideAsync(create.Path, cancellationToken).ConfigureAwait(false);
        }

        var options = new VirtualDiskOptions { CapacityBytes = create.CapacityBytes, Thin = create.Thin, Uuid = create.Uuid };
        await (create.ParentPath is { } parent
            ? disks.CreateChildAsync(create.Path, parent, options, cancellationToken)
            : disks.CreateAsync(create.Path, options, cancellationToken)).ConfigureAwait(false);
        undo.Push(() => disks.DeleteAsync(create.Path, CancellationToken.None));
    }

    private async Task SetAsideAsync(string path, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}~{Guid.NewGuid():N}.vmdk");
        await disks.MoveAsync(path, aside, overwrite: false, cancellationToken).ConfigureAwait(false);
        replaced.Add(aside);
        undo.Push(() => disks.MoveAsync(aside, path, overwrite: false, CancellationToken.None));
    }

    private async Task ExtendAsync(DiskAction.Extend extend, CancellationToken cancellationToken)
    {
        var before = disks.Inspect(extend.Path)?.CapacityBytes ?? extend.CapacityBytes;
        await disks.ExtendAsync(extend.Path, extend.CapacityBytes, attached, cancellationToken).ConfigureAwait(false);
        undo.Push(() => disks.ShrinkAsync(extend.Path, before));
    }
}

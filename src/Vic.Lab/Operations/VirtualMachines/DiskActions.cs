using Vic.Lab.Machines;

namespace Vic.Lab.Operations.VirtualMachines;

/// <summary>Carries out the file work of a device plan, and undoes it when what follows fails.</summary>
internal sealed class DiskActions(IVirtualDisks disks)
{
    private readonly List<string> created = [];

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
                    await disks.ExtendAsync(extend.Path, extend.CapacityBytes, cancellationToken).ConfigureAwait(false);
                    break;
                case DiskAction.Delete delete:
                    await disks.DeleteAsync(delete.Path, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Deletes what was made; best effort, because the reason for it is on its way to the client already.</summary>
    public async Task UndoAsync()
    {
        foreach (var path in created)
        {
            try
            {
                await disks.DeleteAsync(path, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or MachineException)
            {
                continue;
            }
        }

        created.Clear();
    }

    private async Task CreateAsync(DiskAction.Create create, CancellationToken cancellationToken)
    {
        if (create.Replace && File.Exists(create.Path))
        {
            await disks.DeleteAsync(create.Path, cancellationToken).ConfigureAwait(false);
        }

        if (!Directory.Exists(Path.GetDirectoryName(create.Path)))
        {
            throw new DirectoryNotFoundException($"The folder of {Path.GetFileName(create.Path)} does not exist.");
        }

        var options = new VirtualDiskOptions { CapacityBytes = create.CapacityBytes, Thin = create.Thin, Uuid = create.Uuid };
        await (create.ParentPath is { } parent
            ? disks.CreateChildAsync(create.Path, parent, options, cancellationToken)
            : disks.CreateAsync(create.Path, options, cancellationToken)).ConfigureAwait(false);
        created.Add(create.Path);
    }
}

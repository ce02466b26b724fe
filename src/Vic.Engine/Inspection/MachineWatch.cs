using Vic.Vim25;

namespace Vic.Engine.Inspection;

/// <summary>Follows the power state and the guest keys of one virtual machine by property updates.</summary>
internal sealed class MachineWatch
{
    private readonly PropertyWatch _watch;

    private MachineWatch(PropertyWatch watch) => _watch = watch;

    public VirtualMachinePowerState PowerState { get; private set; }

    public IReadOnlyDictionary<string, string> Keys { get; private set; } = new Dictionary<string, string>();

    public static async Task<MachineWatch> StartAsync(VimClient client, ManagedObjectReference machine, CancellationToken cancellationToken) =>
        new(await PropertyWatch.StartAsync(
            client, PropertyFilters.ForObjects([machine], ["runtime.powerState", "config.extraConfig"]), cancellationToken).ConfigureAwait(false));

    /// <summary>Waits for a change; the first call returns with the present state.</summary>
    /// <exception cref="VimFaultException">The machine is gone.</exception>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        foreach (var update in await _watch.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.Kind == ObjectUpdateKind.Leave)
            {
                throw new VimFaultException(new ManagedObjectNotFound { Obj = update.Obj }, "The virtual machine was removed by somebody else");
            }

            foreach (var change in update.ChangeSet ?? [])
            {
                Apply(change);
            }
        }
    }

    public Task CloseAsync() => _watch.CloseAsync();

    private void Apply(PropertyChange change)
    {
        switch (change.Val)
        {
            case VirtualMachinePowerState power:
                PowerState = power;
                break;
            case IReadOnlyList<OptionValue> options:
                Keys = MachineInventory.Keys(options);
                break;
        }
    }
}

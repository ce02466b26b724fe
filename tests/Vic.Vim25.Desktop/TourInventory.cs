namespace Vic.Vim25.Desktop;

/// <summary>Reading, watching, and tasks; with more calls at once than the older framework allows by itself.</summary>
internal static class TourInventory
{
    private const int CallsAtOnce = 24;

    public static async Task RunAsync(VimClient client, TourFacts facts)
    {
        ManagedObjectReference reference = await FindAsync(client, facts.Machine);
        var machine = new VirtualMachine(client, reference);
        PropertyWatch watch = await PropertyWatch.StartAsync(client, PropertyFilters.ForObjects([reference], ["runtime.powerState"]));
        TourFacts.Require(StateIn(await watch.NextAsync()) == VirtualMachinePowerState.PoweredOn, "the watch tells what is there");

        // One connection waits for the change while others work.
        Task<IReadOnlyList<ObjectUpdate>> change = watch.NextAsync();
        await Task.WhenAll(Enumerable.Range(0, CallsAtOnce).Select(_ => client.RetrieveAsync(reference, ["name"])));
        TourFacts.Require(!change.IsCompleted, "nothing has changed yet");
        await client.WaitForTaskAsync(await machine.PowerOffVMTaskAsync());
        TourFacts.Require(StateIn(await change) == VirtualMachinePowerState.PoweredOff, "the watch tells the change");
        await watch.CloseAsync();

        VimFaultException error = await TourFacts.FailAsync<VimFaultException>(
            async () => await client.WaitForTaskAsync(await machine.PowerOffVMTaskAsync()), "a machine is powered off once");
        TourFacts.Require(error.Fault is InvalidPowerState { ExistingState: VirtualMachinePowerState.PoweredOff }, "the fault is typed");
        await client.WaitForTaskAsync(await machine.PowerOnVMTaskAsync());
    }

    private static async Task<ManagedObjectReference> FindAsync(VimClient client, string name)
    {
        PropertyPages pages = await client.ReadAllPagesAsync("VirtualMachine", ["name", "config.hardware.device"]);
        try
        {
            while (await pages.NextAsync() is { } page)
            {
                foreach (ObjectProperties found in page)
                {
                    if (found.Get<string>("name") == name)
                    {
                        TourFacts.Require(found.Get<List<VirtualDevice>>("config.hardware.device")!.OfType<VirtualController>().Any(), "devices have their types");
                        return found.Reference;
                    }
                }
            }
        }
        finally
        {
            await pages.CloseAsync();
        }

        throw new InvalidOperationException($"{name} is not there");
    }

    private static VirtualMachinePowerState StateIn(IReadOnlyList<ObjectUpdate> updates) =>
        updates[updates.Count - 1].ChangeSet![0].Val is VirtualMachinePowerState state ? state : VirtualMachinePowerState.Unknown;
}

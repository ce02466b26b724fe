namespace Vic.Vim25.Reader;

/// <summary>Name, power state and extraConfig of all VMs.</summary>
internal static class InventoryReading
{
    private static readonly string[] Paths = ["name", "runtime.powerState", "config.extraConfig"];

    /// <summary>Reads all of them before it looks at one.</summary>
    public static async Task<string> ListAsync(VimClient client)
    {
        var summary = new InventorySummary();
        foreach (var machine in await client.RetrieveAllAsync("VirtualMachine", Paths))
        {
            summary.Add(machine);
        }

        return summary.ToString();
    }

    /// <summary>Forgets each when it has looked at it.</summary>
    public static async Task<string> StreamAsync(VimClient client)
    {
        var summary = new InventorySummary();
        await foreach (var machine in client.StreamAllAsync("VirtualMachine", Paths))
        {
            summary.Add(machine);
        }

        return summary.ToString();
    }
}

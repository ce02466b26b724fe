using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Faults that only say that somebody else was faster.</summary>
internal static class Faults
{
    /// <summary>Awaits a removal; what is not there needs none.</summary>
    public static async Task IgnoreMissingAsync(Task removal)
    {
        try
        {
            await removal.ConfigureAwait(false);
        }
        catch (VimFaultException exception) when (IsMissing(exception))
        {
            // Gone already.
        }
    }

    public static bool IsMissing(VimFaultException exception) => exception.Fault is ManagedObjectNotFound or NotFound or FileNotFound;
}

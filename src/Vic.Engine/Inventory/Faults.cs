using Vic.Vim25;

namespace Vic.Engine.Inventory;

/// <summary>Faults that are no reason to give up.</summary>
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

    /// <summary>True when it is this object that is gone, and not one that the session had, such as a collector of a session that was renewed.</summary>
    public static bool IsGone(VimFaultException exception, ManagedObjectReference reference) =>
        exception.Fault is ManagedObjectNotFound { Obj: var gone } && gone == reference;

    /// <summary>
    /// True when the server does not have a method, or does not even know its name: not every vSphere has those that the API's documentation leaves out.
    /// </summary>
    public static bool IsUnknownMethod(VimFaultException exception) => exception.Fault is NotSupported or InvalidRequest;
}

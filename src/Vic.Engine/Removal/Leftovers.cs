using Vic.Vim25;

namespace Vic.Engine.Removal;

/// <summary>Removes one thing after another; what resists does not keep the rest, and is noted for the user.</summary>
internal sealed class Leftovers
{
    // A server that was busy, or a connection that broke, is often well again a moment later.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private readonly List<string> _names = [];

    /// <summary>What could not be removed, with the reasons, in the order in which it can be removed by hand.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Removes something, or notes that it is left.</summary>
    /// <param name="what">An article, a noun and a name.</param>
    /// <param name="removal">Removes it; it must bear being called again after it failed half-way, and that there is nothing to remove.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public async Task RemoveAsync(string what, Func<CancellationToken, Task> removal, CancellationToken cancellationToken)
    {
        try
        {
            await InsistAsync(removal, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _names.Add($"{what} ({exception.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Does something that may be done again, and does it again when vSphere fails.</summary>
    public static async Task InsistAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await action(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (VimException exception) when (exception is not (VimFaultException { Fault: NoPermission } or DatastoreFileException { StatusCode: 401 }))
            {
                // A session that has ended (a kind of NoPermission, and 401 on datastores) is not back a moment later.
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }

        await action(cancellationToken).ConfigureAwait(false);
    }
}

using System.Globalization;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Images;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Limits;

/// <summary>
/// Keeps new images and containers out when what is stored has used the quota up. What runs already is not stopped: its disk may still grow.
/// </summary>
/// <param name="limit">The quota in bytes; 0 = none.</param>
/// <param name="images">What images take.</param>
/// <param name="host">What container VMs take.</param>
public sealed class StorageQuota(long limit, IImageStore images, IMachineHost host)
{
    private const double Gibibyte = 1L << 30;

    /// <summary>Refuses when nothing more may be stored.</summary>
    /// <exception cref="EngineException">The quota is used up.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (limit == 0)
        {
            return;
        }

        var used = images.StoredBytes + await host.MeasureStorageAsync(cancellationToken).ConfigureAwait(false);
        if (used >= limit)
        {
            throw EngineException.Conflict(string.Create(
                CultureInfo.InvariantCulture,
                $"The storage quota is used up: images and containers take {used / Gibibyte:0.0} GB of {limit / Gibibyte:0.0} GB. Remove some, or have the quota raised."));
        }
    }
}

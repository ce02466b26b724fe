using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>DiagnosticManager: reads the lab's own log, the whole of it as the server's, and what is about a host as the host's.</summary>
internal sealed class DiagnosticOperations(LabWorld world)
{
    private const int PageLimit = 1000;
    private const string ServerKey = "vpxd";
    private const string HostKey = "hostd";

    public void AddTo(OperationTable table)
    {
        table.Add<QueryDescriptionsRequest, ServiceObject>((_, _, request) =>
        {
            var key = KeyOf(request.Host);
            return new List<DiagnosticManagerLogDescriptor>
            {
                new()
                {
                    Key = key,
                    FileName = $"{key}.log",
                    Creator = key,
                    Format = "plain",
                    MimeType = "text/plain",
                    Info = new Description { Label = key, Summary = $"The log of {key}" },
                },
            };
        });
        table.Add<BrowseDiagnosticLogRequest, ServiceObject>((_, _, request) => Browse(request));
    }

    private DiagnosticManagerLogHeader Browse(BrowseDiagnosticLogRequest request)
    {
        if (request.Key != KeyOf(request.Host))
        {
            throw Faults.InvalidArgument("key", $"There is no log '{request.Key}': QueryDescriptions tells the keys.");
        }

        var all = world.Log.Read(world.IsVCenter ? request.Host : null);
        var last = all.Count == 0 ? 0 : all[^1].Number;
        var start = request.Start ?? 1;
        var page = all
            .Where(line => line.Number >= start)
            .Take(Math.Clamp(request.Lines ?? PageLimit, 0, PageLimit))
            .ToList();
        return new DiagnosticManagerLogHeader
        {
            LineStart = page.Count == 0 ? last : page[0].Number,
            LineEnd = page.Count == 0 ? last : page[^1].Number,
            LineText = [.. page.Select(line => line.Text)],
        };
    }

    /// <exception cref="VimFaultException">There is no such host.</exception>
    private string KeyOf(ManagedObjectReference? host)
    {
        if (host is { } reference)
        {
            lock (world.Store.Gate)
            {
                world.Get<HostEntity>(reference);
            }
        }

        return world.IsVCenter && host is null ? ServerKey : HostKey;
    }
}

using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Inspection;
using Vic.PowerShell.Completion;
using Vic.PowerShell.Sessions;

namespace Vic.PowerShell.Pipeline;

/// <summary>A cmdlet that lists what belongs to virtual container hosts.</summary>
public abstract class VchContentCmdlet : VchSearchCmdlet
{
    private protected delegate Task<IReadOnlyList<T>> Reader<T>(
        VicServer server, IReadOnlyList<VchInfo> hosts, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>The VCH: an object of <c>Get-VCH</c>, or a name, wildcards allowed. All VCHs without it.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VchCompleter))]
    public PSObject? VCH { get; set; }

    /// <summary>Reads from each server of the VCHs that are meant, and writes what was read.</summary>
    private protected void WriteContent<T, TShown>(Reader<T> read, Func<T, VicServer, TShown> show) => WriteObject(Read(read, show), enumerateCollection: true);

    /// <summary>As the other, but only what a user has named; an error is written for a name that nothing has.</summary>
    /// <param name="noun">What is listed, for errors.</param>
    /// <param name="wanted">The names, wildcards allowed.</param>
    /// <param name="read">Reads from one server.</param>
    /// <param name="show">Makes the object to write.</param>
    /// <param name="namesOf">The names by which an object may be wanted, the one for errors first.</param>
    private protected void WriteContent<T, TShown>(
        string noun, string[] wanted, Reader<T> read, Func<T, VicServer, TShown> show, Func<TShown, string[]> namesOf)
    {
        var names = new NameFilter(wanted);
        var found = Read(read, show);

        // Every name is tried: the filter remembers what was found.
        WriteObject(found.Where(item => namesOf(item).Where(names.Matches).ToArray() is not []).ToList(), enumerateCollection: true);
        foreach (var missing in names.NamesWithoutMatch)
        {
            WriteError(ErrorRecords.NotFound(noun, missing, found.Select(item => namesOf(item)[0])));
        }
    }

    private List<TShown> Read<T, TShown>(Reader<T> read, Func<T, VicServer, TShown> show)
    {
        var shown = new List<TShown>();
        foreach (var group in FindVchs(VCH).GroupBy(target => target.Server))
        {
            var hosts = group.Select(target => target.Vch).ToList();
            if (TryRun((progress, cancellationToken) => read(group.Key, hosts, progress, cancellationToken), group.Key, out var found))
            {
                shown.AddRange(found!.Select(item => show(item, group.Key)));
            }
        }

        return shown;
    }
}

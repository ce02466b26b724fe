using System.IO.Enumeration;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;
using Vic.Lab.Tasks;
using Vic.Vim25;

namespace Vic.Lab.Operations.Storage;

/// <summary>HostDatastoreBrowser and Datastore. A virtual disk is listed by its descriptor, with the size of its data; its data file is not listed.</summary>
internal sealed class DatastoreBrowserOperations(LabWorld world)
{
    private const string BrowserType = "HostDatastoreBrowser";

    public void AddTo(OperationTable table)
    {
        table.Add<SearchDatastoreTaskRequest, ServiceObject>((call, browser, request) => Start(call, browser, request.MethodName, ()
            => List(request.DatastorePath, request.SearchSpec)));
        table.Add<SearchDatastoreSubFoldersTaskRequest, ServiceObject>((call, browser, request) => Start(call, browser, request.MethodName, ()
            => ListBelow(request.DatastorePath, request.SearchSpec)));
        table.Add<RefreshDatastoreRequest, DatastoreEntity>((_, datastore, _) =>
        {
            lock (world.Store.Gate)
            {
                datastore.Refresh();
                return null;
            }
        });
    }

    private ManagedObjectReference Start(OperationCall call, ServiceObject browser, string method, Func<object?> work)
        => browser.Reference.Type == BrowserType
            ? world.Tasks.Start(
                new TaskStart(null, "HostDatastoreBrowser.search", method, call.Session.UserName), (_, _) => Task.FromResult(work()))
            : throw Faults.NotSupported($"{browser.Reference.Type}.{method}");

    private List<HostDatastoreBrowserSearchResults> ListBelow(string start, HostDatastoreBrowserSearchSpec? spec)
    {
        var first = List(start, spec);
        var results = new List<HostDatastoreBrowserSearchResults> { first };
        var (datastore, _, directory) = world.Locate(start);
        foreach (var below in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            results.Add(List(datastore.PathOf(below)!.Value.ToString(), spec));
        }

        return results;
    }

    private HostDatastoreBrowserSearchResults List(string start, HostDatastoreBrowserSearchSpec? spec)
    {
        var (datastore, path, directory) = world.Locate(start);
        if (!Directory.Exists(directory))
        {
            throw Faults.FileNotFound(path);
        }

        var entries = new DirectoryInfo(directory).EnumerateFileSystemInfos().ToList();
        var dataFiles = new HashSet<string>(StringComparer.Ordinal);
        var disks = new Dictionary<string, VirtualDiskFacts>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry is System.IO.FileInfo && entry.Name.EndsWith(".vmdk", StringComparison.Ordinal)))
        {
            if (world.Platform.Disks.Inspect(entry.FullName) is { } facts)
            {
                disks[entry.FullName] = facts;
                dataFiles.Add(facts.DataPath);
            }
        }

        return new HostDatastoreBrowserSearchResults
        {
            Datastore = datastore.Reference,
            FolderPath = path.Relative.Length == 0 ? path.ToString() : path + "/",
            File =
            [
                .. entries.Where(entry => !dataFiles.Contains(entry.FullName) && Matches(entry.Name, spec))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                    .Select(entry => Describe(entry, disks.GetValueOrDefault(entry.FullName)))
                    .Where(file => IsAsked(file, spec)),
            ],
        };
    }

    private static bool Matches(string name, HostDatastoreBrowserSearchSpec? spec)
        => spec?.MatchPattern is not { Count: > 0 } patterns
            || patterns.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, spec.SearchCaseInsensitive ?? false));

    private static bool IsAsked(DatastoreFileInfo file, HostDatastoreBrowserSearchSpec? spec)
        => spec?.Query is not { Count: > 0 } queries
            || queries.Exists(query => query.WireType == "FileQuery" || query.WireType.Replace("Query", "Info", StringComparison.Ordinal)
                is var wanted && (file.WireType == wanted || file.WireType == wanted.Replace("Info", "FileInfo", StringComparison.Ordinal)));

    private static DatastoreFileInfo Describe(FileSystemInfo entry, VirtualDiskFacts? disk)
    {
        DatastoreFileInfo file = entry switch
        {
            DirectoryInfo => new FolderFileInfo(),
            _ when disk is not null => new VmDiskFileInfo { CapacityKb = disk.CapacityBytes >> 10, Thin = disk.Thin },
            _ when entry.Extension == ".vmx" => new VmConfigFileInfo(),
            _ when entry.Extension == ".iso" => new IsoImageFileInfo(),
            _ when entry.Extension == ".log" => new VmLogFileInfo(),
            _ => new DatastoreFileInfo(),
        };
        file.Path = entry.Name;
        file.FriendlyName = entry.Name;
        file.FileSize = disk?.DataBytes ?? (entry as System.IO.FileInfo)?.Length;
        file.Modification = entry.LastWriteTimeUtc;
        file.Owner = "root";
        return file;
    }
}

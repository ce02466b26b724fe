using Vic.Configuration;
using Vic.Engine.Inventory;
using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>Reads where volumes are to go.</summary>
/// <param name="resolver">Finds datastores.</param>
/// <param name="datastores">Those that the VCH's hosts see.</param>
/// <param name="checks">Takes the problems.</param>
internal sealed class VolumeStoreRules(InventoryResolver resolver, IReadOnlyList<InventoryEntity> datastores, CheckList checks)
{
    private const string Option = "VolumeStore";
    private const string Scheme = "ds";

    // vmware/vic, lib/install/validate/storage.go: what a datastore's name and a path on it may not hold.
    private const string Forbidden = "%&*$#@!\\?\"<>;'|";

    /// <returns>The stores by label, those without a problem only, with the datastores of those that are on one.</returns>
    public IReadOnlyDictionary<string, (GuestUrl Url, InventoryEntity? Datastore)> Check(IReadOnlyList<VolumeStoreRequest> requests)
    {
        var stores = new SortedDictionary<string, (GuestUrl, InventoryEntity?)>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            if (request.Label.Length == 0 || request.Label.Any(character => char.IsWhiteSpace(character) || character is '|' or '@'))
            {
                checks.Fail(Option, $"'{request.Label}' is no label; one has no blanks, no '|' and no '@'.");
            }
            else if (stores.ContainsKey(request.Label))
            {
                checks.Fail(Option, $"The label '{request.Label}' is given twice.");
            }
            else if (Read(request) is { } store)
            {
                stores.Add(request.Label, store);
            }
        }

        return stores;
    }

    private (GuestUrl Url, InventoryEntity? Datastore)? Read(VolumeStoreRequest request)
    {
        var separator = request.Location.IndexOf("://", StringComparison.Ordinal);
        switch (separator < 0 ? Scheme : request.Location.Substring(0, separator).ToLowerInvariant())
        {
            case Scheme:
                return ReadDatastore(request, separator < 0 ? request.Location : request.Location.Substring(separator + 3));
            case "nfs":
                return ReadExport(request);
            default:
                checks.Fail(Option, $"'{request.Location}' of '{request.Label}' is neither datastore/folder nor ds://datastore/folder nor nfs://host/folder.");
                return null;
        }
    }

    private (GuestUrl Url, InventoryEntity? Datastore)? ReadDatastore(VolumeStoreRequest request, string place)
    {
        if (place.Any(character => Forbidden.IndexOf(character) >= 0) || place.Split('/').Contains(".."))
        {
            checks.Fail(Option, $"'{request.Location}' of '{request.Label}' holds one of {Forbidden} or '..'; only nfs:// takes a query.");
            return null;
        }

        var slash = place.IndexOf('/');
        var name = slash < 0 ? place : place.Substring(0, slash);
        if (name.Length == 0)
        {
            checks.Fail(Option, $"'{request.Location}' of '{request.Label}' names no datastore.");
            return null;
        }

        var folder = slash < 0 ? "" : place.Substring(slash + 1).Trim('/');
        return resolver.One(Option, "datastore", InventorySelector.ByName(name), datastores) is { } datastore
            ? (new GuestUrl { Scheme = Scheme, Host = datastore.Name, Path = "/" + folder }, datastore)
            : null;
    }

    private (GuestUrl Url, InventoryEntity? Datastore)? ReadExport(VolumeStoreRequest request)
    {
        var url = TryParse(request.Location);
        if (url is null || Uri.CheckHostName(url.Host) == UriHostNameType.Unknown || url.Path.Trim('/').Length == 0)
        {
            checks.Fail(Option, $"'{request.Location}' of '{request.Label}' is not nfs://host/folder.");
            return null;
        }

        var strange = url.RawQuery.Split(['&'], StringSplitOptions.RemoveEmptyEntries).Where(pair => !IsKnown(pair)).ToList();
        if (strange.Count > 0)
        {
            checks.Fail(Option, $"'{strange[0]}' of '{request.Label}' is none of uid=<number>, gid=<number>, proto=tcp, proto=udp.");
            return null;
        }

        return (url, null);
    }

    private static GuestUrl? TryParse(string text)
    {
        try
        {
            return GuestUrl.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsKnown(string pair) => pair.Split('=') switch
    {
        ["uid" or "gid", var number] => uint.TryParse(number, out _),
        ["proto", "tcp" or "udp"] => true,
        _ => false,
    };
}

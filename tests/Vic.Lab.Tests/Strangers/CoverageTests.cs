using Vic.Lab.Tests.Strangers.Tours;
using Vic.Vim25;

namespace Vic.Lab.Tests.Strangers;

/// <summary>How much of the product's surface the strangers see, counted by the lab.</summary>
public sealed class CoverageTests(TourCollection tours)
{
    private const string NotToured = "The lab's side of it is younger than the tours.";
    private const string NotOfTheProduct = "The product does not call it; the schema has it for its types.";

    /// <summary>The methods of the schema that no tour calls, with the reason.</summary>
    private static readonly IReadOnlyDictionary<string, string> Uncalled = new Dictionary<string, string>
    {
        ["AcquireMksTicket"] = NotOfTheProduct,
        ["AcquireTicket"] = NotOfTheProduct,
        ["AddHost_Task"] = NotToured,
        ["ConvertNamespacePathToUuidPath"] = NotOfTheProduct,
        ["CreateDescriptor"] = NotOfTheProduct,
        ["CreateDirectory"] = NotToured,
        ["CreateStoragePod"] = NotOfTheProduct,
        ["DeleteDirectory"] = NotToured,
        ["DeleteFileInGuest"] = NotToured,
        ["LoginByToken"] = "It takes a token of a single sign-on server, and the lab is none.",
        ["MarkAsTemplate"] = NotOfTheProduct,
        ["QueryNetworkHint"] = NotToured,
        ["QueryVirtualDiskGeometry"] = NotOfTheProduct,
        ["ReadEnvironmentVariableInGuest"] = NotOfTheProduct,
        ["RefreshDatastoreStorageInfo"] = NotOfTheProduct,
        ["Reload"] = NotOfTheProduct,
        ["RenameDatastore"] = NotOfTheProduct,
        ["StandbyGuest"] = NotOfTheProduct,
        ["UpgradeVM_Task"] = NotOfTheProduct,
    };

    [Fact]
    public async Task Every_method_of_the_schema_is_called_by_a_stranger_or_named_with_the_reason()
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var server in new[] { TouredServer.LabVCenter, TouredServer.LabEsx })
        {
            foreach (var stranger in Enum.GetValues<Stranger>())
            {
                called.UnionWith((await tours.ReportAsync(stranger, server)).CalledMethods);
            }
        }

        var uncalled = MethodCatalog.MethodNames.Where(method => !called.Contains(method)).ToList();
        Assert.True(uncalled.TrueForAll(Uncalled.ContainsKey), "without a reason: " + string.Join(", ", uncalled.Where(method => !Uncalled.ContainsKey(method))));
        Assert.True(Uncalled.Keys.All(uncalled.Contains), "called by now: " + string.Join(", ", Uncalled.Keys.Where(method => !uncalled.Contains(method))));
    }
}

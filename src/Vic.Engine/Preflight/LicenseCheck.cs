using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether the licences in use have the features that a VCH uses.</summary>
internal static class LicenseCheck
{
    private const string SerialPorts = "serialuri";
    private const string DistributedSwitches = "dvs";

    public static async Task CheckAsync(VimClient client, CheckList checks, CancellationToken cancellationToken)
    {
        checks.Begin("License");
        if (client.Content.LicenseManager is not { } reference)
        {
            return;
        }

        var licenses = await ReadAsync(client, reference, cancellationToken).ConfigureAwait(false);
        var features = new HashSet<string>(licenses.SelectMany(Features), StringComparer.OrdinalIgnoreCase);
        if (!features.Contains(SerialPorts))
        {
            checks.Warn(
                "No licence in use has remote virtual serial ports; docker attach, exec and run -it do not work for containers without a bridge network.",
                "Use a vSphere Enterprise Plus licence, or do without --network none.");
        }

        if (client.IsVirtualCenter && !features.Contains(DistributedSwitches))
        {
            checks.Warn(
                "No licence in use has distributed switches; hosts may refuse to power on machines of the bridge network.",
                "Use a vSphere Enterprise Plus licence.");
        }

        checks.Pass($"The features that a VCH uses are licensed: {string.Join(", ", licenses.Select(license => license.Name).Distinct())}.");
    }

    private static async Task<IReadOnlyList<LicenseManagerLicenseInfo>> ReadAsync(
        VimClient client, ManagedObjectReference reference, CancellationToken cancellationToken)
    {
        if (!client.IsVirtualCenter)
        {
            return await client.GetPropertyAsync<List<LicenseManagerLicenseInfo>>(reference, "licenses", cancellationToken).ConfigureAwait(false) ?? [];
        }

        var manager = await client.GetPropertyAsync<ManagedObjectReference>(reference, "licenseAssignmentManager", cancellationToken).ConfigureAwait(false);
        var assignments = await new LicenseAssignmentManager(client, manager)
            .QueryAssignedLicensesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return assignments?.Select(assignment => assignment.AssignedLicense).ToList() ?? [];
    }

    // vSphere writes a feature as "dvs" or with its count as "serialuri:2".
    private static IEnumerable<string> Features(LicenseManagerLicenseInfo license) =>
        (license.Properties ?? []).Where(property => property.Key == "feature").Select(property => property.Value).OfType<KeyValue>()
        .Select(feature => feature.Key.Split(':')[0]);
}

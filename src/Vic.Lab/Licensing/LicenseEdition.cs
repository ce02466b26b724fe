using Vic.Vim25;

namespace Vic.Lab.Licensing;

/// <summary>What a license key stands for.</summary>
/// <param name="License">The key.</param>
/// <param name="EditionKey">The edition, as vSphere calls it.</param>
/// <param name="Name">The edition for people.</param>
/// <param name="Total">How many processors it covers; zero for any number.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="Features">Keys and names of its features.</param>
internal sealed record LicenseEdition(
    LabLicense License, string EditionKey, string Name, int Total, DateTime? Expires, IReadOnlyList<(string Key, string Name)> Features)
{
    private static readonly DateTime Start = DateTime.UtcNow;

    private static readonly (string Key, string Name)[] Basic =
    [
        ("vmotion", "vMotion"), ("das", "vSphere HA"), ("svmotion", "Storage vMotion"), ("vcp:unlimited", "Virtual processors"),
    ];

    private static readonly (string Key, string Name)[] Full =
    [
        .. Basic,
        ("serialuri:2", "Remote virtual Serial Port Concentrator"),
        ("dvs", "vSphere Distributed Switch"),
        ("drs", "vSphere DRS"),
    ];

    private static readonly LicenseEdition[] Known =
    [
        new(LabLicense.Evaluation, "eval", "Evaluation Mode", 0, Start.AddDays(60), Full),
        new(LabLicense.Standard, "esx.standard.cpuPackage", "VMware vSphere 6 Standard", 64, null, Basic),
        new(LabLicense.EnterprisePlus, "esx.enterprisePlus.cpuPackage", "VMware vSphere 6 Enterprise Plus", 64, null, Full),
        new(LabLicense.Expired, "esx.enterprisePlus.cpuPackage", "VMware vSphere 6 Enterprise Plus", 64, Start.AddDays(-1), []),
    ];

    /// <summary>What a key stands for; null for a key that the lab does not know.</summary>
    public static LicenseEdition? Decode(string key) => Array.Find(Known, edition => string.Equals(edition.License.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The license as the API shows it.</summary>
    /// <param name="used">How many processors use it.</param>
    public LicenseManagerLicenseInfo ToDataObject(int used) => new()
    {
        LicenseKey = License.Key,
        EditionKey = EditionKey,
        Name = Name,
        Total = Total,
        Used = used,
        CostUnit = EditionKey == "eval" ? string.Empty : "cpuPackage",
        Properties = [.. Expiry(), .. Features.Select(feature => Property("feature", new KeyValue { Key = feature.Key, Value = feature.Name }))],
    };

    /// <summary>When the license ends, as properties; none for a license that does not.</summary>
    public IEnumerable<KeyAnyValue> Expiry()
    {
        if (Expires is { } end)
        {
            var left = end - DateTime.UtcNow;
            yield return Property("expirationDate", end);
            yield return Property("expirationHours", Math.Max(0, (long)left.TotalHours));
            yield return Property("expirationMinutes", Math.Max(0, (long)left.TotalMinutes));
        }
    }

    private static KeyAnyValue Property(string key, object value) => new() { Key = key, Value = value };
}

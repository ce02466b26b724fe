using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>What the lab says that it is. Clients decide by the version and the product line what they may ask for.</summary>
internal static class Products
{
    private const string Version = "6.7.0";
    private const string ApiVersion = "6.7.3";

    public static AboutInfo VCenter { get; } = new()
    {
        Name = "VMware vCenter Server",
        FullName = "VMware vCenter Server 6.7.0 (VIC lab)",
        Vendor = "VMware, Inc.",
        Version = Version,
        Build = "0",
        LocaleVersion = "INTL",
        LocaleBuild = "000",
        OsType = "linux-x64",
        ProductLineId = "vpx",
        ApiType = "VirtualCenter",
        ApiVersion = ApiVersion,
        InstanceUuid = Guid.NewGuid().ToString("D"),
        LicenseProductName = "VMware VirtualCenter Server",
        LicenseProductVersion = "6.0",
    };

    public static AboutInfo Esx { get; } = new()
    {
        Name = "VMware ESXi",
        FullName = "VMware ESXi 6.7.0 (VIC lab)",
        Vendor = "VMware, Inc.",
        Version = Version,
        Build = "0",
        LocaleVersion = "INTL",
        LocaleBuild = "000",
        OsType = "vmnix-x86",
        ProductLineId = "embeddedEsx",
        ApiType = "HostAgent",
        ApiVersion = ApiVersion,
        LicenseProductName = "VMware ESX Server",
        LicenseProductVersion = "6.0",
    };
}

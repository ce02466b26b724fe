namespace Vic.Lab.Licensing;

/// <summary>A license key of the lab. Real keys decode as unknown: the lab knows only its own.</summary>
/// <param name="Key">Five groups of five characters.</param>
public sealed record LabLicense(string Key)
{
    /// <summary>Everything, for sixty days.</summary>
    public static LabLicense Evaluation { get; } = new("00000-00000-00000-00000-00000");

    /// <summary>vSphere Standard: no DRS, no distributed switches, no serial ports over the network.</summary>
    public static LabLicense Standard { get; } = new("LAB00-STAND-ARD00-00000-00001");

    /// <summary>vSphere Enterprise Plus: everything.</summary>
    public static LabLicense EnterprisePlus { get; } = new("LAB00-ENTER-PRISE-PLUS0-00001");

    /// <summary>vSphere Enterprise Plus that has run out: no features are left.</summary>
    public static LabLicense Expired { get; } = new("LAB00-EXPIR-ED000-00000-00001");
}

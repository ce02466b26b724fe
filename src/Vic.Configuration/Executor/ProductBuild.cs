namespace Vic.Configuration;

/// <summary>The build that wrote a configuration (vmware/vic, pkg/version).</summary>
public sealed class ProductBuild : IGuestInfoStructure
{
    /// <summary>
    /// The version of the configuration's own form: that of the reference system's last release, whose keys we write
    /// (vmware/vic, lib/migration/feature: one less than the maximum, folders for virtual container hosts).
    /// </summary>
    public const int CurrentPluginVersion = 10;

    /// <summary>The version, such as <c>v0.1.0</c>.</summary>
    public string Version { get; set; } = "";

    /// <summary>The commit.</summary>
    public string GitCommit { get; set; } = "";

    /// <summary>The build's date.</summary>
    public string BuildDate { get; set; } = "";

    /// <summary>The build's number; <c>0</c> for one made by hand.</summary>
    public string BuildNumber { get; set; } = "";

    /// <summary>The state of the source tree: <c>clean</c>, <c>dirty</c> or empty.</summary>
    public string State { get; set; } = "";

    /// <summary>The version of the configuration's form.</summary>
    public int PluginVersion { get; set; }

    /// <summary><c>version-build-commit</c>.</summary>
    public string ShortVersion => $"{Version}-{BuildNumber}-{GitCommit}";

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Version = map.Text(key.Child("Version"), Version);
        GitCommit = map.Text(key.Child("GitCommit"), GitCommit);
        BuildDate = map.Text(key.Child("BuildDate"), BuildDate);
        BuildNumber = map.Text(key.Child("BuildNumber"), BuildNumber);
        State = map.Text(key.Child("State"), State);
        PluginVersion = map.Integer(key.Child("PluginVersion"), PluginVersion);
    }
}

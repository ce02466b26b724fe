namespace Vic.Configuration;

/// <summary>One volume of a container.</summary>
public sealed class MountConfiguration : IGuestInfoStructure
{
    /// <summary>What is mounted: <c>label://disk label</c> or <c>nfs://host/path</c>.</summary>
    public GuestUrl Source { get; set; } = new();

    /// <summary>Where it is mounted.</summary>
    public string Destination { get; set; } = "";

    /// <summary>Mount options: <c>rw</c> or <c>ro</c> and more.</summary>
    public string Mode { get; set; } = "";

    /// <summary>Whether a new volume takes over the image's content.</summary>
    public CopyMode CopyMode { get; set; }

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        ((IGuestInfoStructure)Source).Map(map, key.Child("source", GuestInfoScope.ReadOnly));
        Destination = map.Text(key.Child("dest", GuestInfoScope.ReadOnly), Destination);
        Mode = map.Text(key.Child("mode", GuestInfoScope.ReadOnly), Mode);
        CopyMode = (CopyMode)map.Integer(key.Child("copymode", GuestInfoScope.ReadOnly), (int)CopyMode);
    }
}

namespace Vic.Configuration;

/// <summary>A part of the configuration that names its keys once, for reading and for writing.</summary>
internal interface IGuestInfoStructure
{
    /// <summary>
    /// Passes every field through <paramref name="map"/>: a writer takes the field's value and gives it back, a reader gives the
    /// stored value, or the present one where the key is absent.
    /// </summary>
    void Map(GuestInfoMapper map, GuestInfoKey key);
}

namespace Vic.Configuration;

/// <summary>Values of our own keys: written only when they say something, so that a dump shows what is set.</summary>
internal static class GuestInfoMapperExtensions
{
    internal static string TextIfSet(this GuestInfoMapper map, GuestInfoKey key, string value) =>
        map is GuestInfoWriter && value.Length == 0 ? value : map.Text(key, value);

    internal static bool FlagIfSet(this GuestInfoMapper map, GuestInfoKey key, bool value) =>
        map is GuestInfoWriter && !value ? value : map.Flag(key, value);

    internal static long NumberIfSet(this GuestInfoMapper map, GuestInfoKey key, long value) =>
        map is GuestInfoWriter && value == 0 ? value : map.Number(key, value);
}

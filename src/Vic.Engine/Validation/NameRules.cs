namespace Vic.Engine.Validation;

/// <summary>What a VCH may be called. Its name becomes that of a VM, a pool, a folder on a datastore and a host name.</summary>
internal static class NameRules
{
    // The limit of the reference system (vmware/vic, cmd/vic-machine/common): names are built on it, and a VM's has at most 80 characters.
    private const int MaximumLength = 31;

    public static void Check(string name, CheckList checks)
    {
        if (name.Length is 0 or > MaximumLength)
        {
            checks.Fail("Name", $"A name has 1 to {MaximumLength} characters; '{name}' has {name.Length}.");
        }

        var strange = name.Where(character => !IsAllowed(character)).Distinct().Select(character => $"'{character}'").ToList();
        if (strange.Count > 0)
        {
            checks.Fail("Name", $"A name has letters, digits, '-', '_' and '.'; '{name}' also has {string.Join(" ", strange)}.");
        }
    }

    private static bool IsAllowed(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.';
}

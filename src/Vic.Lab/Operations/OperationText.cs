namespace Vic.Lab.Operations;

/// <summary>Names that requests carry.</summary>
internal static class OperationText
{
    private const int NameLimit = 80;

    /// <summary>Checks the name of an inventory object; as on the wire, <c>%2f</c> and the like stand for characters that paths use.</summary>
    public static string CheckName(string? name)
        => string.IsNullOrWhiteSpace(name) || name.Length > NameLimit || name.Contains('/', StringComparison.Ordinal)
            ? throw Faults.InvalidName(name ?? string.Empty)
            : name;
}

namespace Vic.Engine.Logs;

/// <summary>A log in the folder of an endpoint VM.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Kind">Whose log it is.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Modified">When it was written last, UTC; null when the datastore does not tell.</param>
public sealed record VchLogFile(string Name, VchLogKind Kind, long Length, DateTime? Modified)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

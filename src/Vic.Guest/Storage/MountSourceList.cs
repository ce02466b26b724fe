namespace Vic.Guest.Storage;

/// <summary>Several mount sources that are closed together.</summary>
public sealed class MountSourceList(IEnumerable<MountSource> sources) : IDisposable
{
    /// <summary>The sources.</summary>
    public IReadOnlyList<MountSource> Sources { get; } = [.. sources];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in Sources)
            source.Dispose();
    }
}

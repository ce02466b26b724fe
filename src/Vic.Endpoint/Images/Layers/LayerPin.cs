namespace Vic.Endpoint.Images.Layers;

/// <summary>Keeps layers until it is disposed.</summary>
internal sealed class LayerPin(Action release) : IDisposable
{
    private Action? _release = release;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}

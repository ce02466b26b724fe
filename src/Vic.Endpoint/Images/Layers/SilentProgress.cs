namespace Vic.Endpoint.Images.Layers;

/// <summary>Waits for a layer without saying so to anybody.</summary>
internal sealed class SilentProgress : ILayerProgress
{
    public void Report(string status, long current, long total)
    {
    }
}

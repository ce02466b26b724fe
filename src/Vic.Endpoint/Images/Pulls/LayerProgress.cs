using Vic.Endpoint.Images.Layers;

namespace Vic.Endpoint.Images.Pulls;

/// <summary>One layer's lines in a pull's output.</summary>
internal sealed class LayerProgress(PullReport report, string shortId) : ILayerProgress
{
    public void Report(string status, long current, long total) => report.Layer(status, shortId, current, total);

    public void Report(string status) => Report(status, 0, 0);
}

namespace Vic.Endpoint.Images.Layers;

/// <summary>Hears how far a layer is. Never blocks, never fails.</summary>
internal interface ILayerProgress
{
    /// <summary>A step of docker's, such as <c>Downloading</c>, with the bytes done of the bytes in all (0 of 0 = not counted).</summary>
    void Report(string status, long current, long total);
}

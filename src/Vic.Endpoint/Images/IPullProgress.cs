namespace Vic.Endpoint.Images;

/// <summary>Receives what a pull does, in docker's own words. Called from one caller at a time.</summary>
public interface IPullProgress
{
    /// <summary>A line about the pull as a whole, such as <c>Digest: sha256:...</c>; <paramref name="id"/> is what stands before its colon.</summary>
    ValueTask ReportAsync(string status, string? id, CancellationToken cancellationToken);

    /// <summary>How far a layer is: <c>Downloading</c> or <c>Extracting</c> with bytes done of bytes in all (0 = unknown).</summary>
    ValueTask ReportAsync(string status, string id, long current, long total, CancellationToken cancellationToken);
}

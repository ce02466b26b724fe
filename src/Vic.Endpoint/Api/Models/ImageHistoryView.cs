namespace Vic.Endpoint.Api.Models;

/// <summary>A line of <c>GET /images/{name}/history</c>.</summary>
public sealed record ImageHistoryView
{
    /// <summary>Id, or &lt;missing&gt;.</summary>
    public string Id { get; init; } = "<missing>";

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Command.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Names.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Remark.</summary>
    public string Comment { get; init; } = "";
}

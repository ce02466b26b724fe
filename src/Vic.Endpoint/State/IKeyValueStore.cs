namespace Vic.Endpoint.State;

/// <summary>Small documents that outlive the endpoint. A document is replaced whole: readers see the old one or the new one.</summary>
public interface IKeyValueStore
{
    /// <summary>The document under a key, or null.</summary>
    Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Replaces the document under a key; it is durable when the task ends.</summary>
    Task WriteAsync(string key, ReadOnlyMemory<byte> document, CancellationToken cancellationToken);
}

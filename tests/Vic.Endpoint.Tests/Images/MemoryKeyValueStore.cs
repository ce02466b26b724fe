using System.Collections.Concurrent;
using Vic.Endpoint.State;

namespace Vic.Endpoint.Tests.Images;

internal sealed class MemoryKeyValueStore : IKeyValueStore
{
    private readonly ConcurrentDictionary<string, byte[]> _documents = new();

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken) => Task.FromResult(_documents.GetValueOrDefault(key));

    public Task WriteAsync(string key, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        _documents[key] = document.ToArray();
        return Task.CompletedTask;
    }
}

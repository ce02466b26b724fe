namespace Vic.Guest.Rpc;

/// <summary>Carries requests to the hypervisor and its commands back.</summary>
public interface IGuestRpcTransport : IAsyncDisposable
{
    /// <summary>Answers the hypervisor's commands; set before <see cref="Start"/>.</summary>
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>>? OnCommand { get; set; }

    /// <summary>Starts to receive.</summary>
    void Start();

    /// <summary>Sends a request and returns the reply.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    Task<byte[]> CallAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}

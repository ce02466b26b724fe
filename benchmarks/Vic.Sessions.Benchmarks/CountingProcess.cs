using Vic.Guest.Sessions;

/// <summary>A process that writes a number of bytes, then reads its input to the end and exits.</summary>
internal sealed class CountingProcess(long bytes) : ISessionHost, ISessionProcess
{
    private readonly TaskCompletionSource<ProcessExit> exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Stream? StandardInput => new CountedInput(exit);

    public Stream StandardOutput => new CountedOutput(bytes);

    public Stream? StandardError => null;

    public Task<ProcessExit> Exit => exit.Task;

    public ValueTask<ISessionProcess> StartMainAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISessionProcess>(this);

    public ValueTask<ISessionProcess> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ReloadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ShutdownAsync(TimeSpan grace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Resize(int rows, int columns) => throw new NotSupportedException();

    public void Signal(string signal) => throw new NotSupportedException();

    private sealed class CountedOutput(long bytes) : MemoryStream
    {
        private long left = bytes;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            left -= count;
            return ValueTask.FromResult(count);
        }
    }

    private sealed class CountedInput(TaskCompletionSource<ProcessExit> ended) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

        protected override void Dispose(bool disposing)
        {
            ended.TrySetResult(new ProcessExit(0, 0));
            base.Dispose(disposing);
        }
    }
}

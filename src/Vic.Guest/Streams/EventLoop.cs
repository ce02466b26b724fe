using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Vic.Guest.Linux;

namespace Vic.Guest.Streams;

/// <summary>One thread that waits for the readiness of all descriptors of the process, so that none needs a thread of its own.</summary>
public sealed unsafe class EventLoop
{
    // EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET
    private const uint Interest = 0x1 | 0x4 | 0x2000 | 0x80000000;

    // EPOLLIN | EPOLLERR | EPOLLHUP | EPOLLRDHUP
    private const uint Readable = 0x1 | 0x8 | 0x10 | 0x2000;

    // EPOLLOUT | EPOLLERR | EPOLLHUP
    private const uint Writable = 0x4 | 0x8 | 0x10;

    private readonly int _epoll;
    private readonly ConcurrentDictionary<ulong, DescriptorStream> _streams = new();
    private ulong _lastToken;

    private EventLoop()
    {
        _epoll = LinuxException.Check(Libc.epoll_create1((int)OpenFlags.CloseOnExec), "epoll_create1");
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "events" }.Start();
    }

    /// <summary>The loop of this process; its thread starts with the first use.</summary>
    public static EventLoop Shared { get; } = new();

    internal ulong Add(DescriptorStream stream)
    {
        var token = Interlocked.Increment(ref _lastToken);
        _streams[token] = stream;
        var change = new Libc.EpollEvent { Events = Interest, Data = token };
        if (Libc.epoll_ctl(_epoll, Libc.EPOLL_CTL_ADD, stream.Descriptor.Number, &change) < 0)
        {
            var failure = LinuxException.Last("epoll_ctl");
            _streams.TryRemove(token, out _);
            throw failure;
        }
        return token;
    }

    internal void Remove(ulong token, int descriptor)
    {
        if (_streams.TryRemove(token, out _))
            _ = Libc.epoll_ctl(_epoll, Libc.EPOLL_CTL_DEL, descriptor, null);
    }

    private void Run()
    {
        const int Batch = 16;
        var events = stackalloc Libc.EpollEvent[Batch];
        while (true)
        {
            var count = Libc.epoll_wait(_epoll, events, Batch, -1);
            if (count < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.Interrupted)
                Environment.FailFast("epoll_wait failed.");
            for (var index = 0; index < count; index++)
            {
                if (!_streams.TryGetValue(events[index].Data, out var stream))
                    continue;
                if ((events[index].Events & Readable) != 0)
                    stream.Readable.Set();
                if ((events[index].Events & Writable) != 0)
                    stream.Writable.Set();
            }
        }
    }
}

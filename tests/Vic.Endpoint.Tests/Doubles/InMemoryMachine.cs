using System.Buffers.Binary;
using System.Net;
using System.Text;
using Vic.Endpoint.Containers;
using Vic.Endpoint.Machines;
using Vic.Endpoint.Networks;

namespace Vic.Endpoint.Tests.Doubles;

/// <summary>The machine of one container, with a log like a real one's.</summary>
internal sealed class InMemoryMachine(ContainerRecord record, Task boot, Action destroyed) : IContainerMachine, IGuestSession
{
    private readonly List<byte> _log = [];
    private TaskCompletionSource<GuestReport?> _off = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _poweredOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InMemoryProcess? _main;
    private bool _isGone;
    private DateTimeOffset _started;

    public ContainerRecord Record { get; private set; } = record;

    public bool IsOn { get; private set; }

    public bool IsPoweredOn => IsOn;

    /// <summary>The address in the machine's configuration, as the endpoint or somebody else has written it.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Completes with the first power on.</summary>
    public Task PoweredOn => _poweredOn.Task;

    public int PowerOns { get; private set; }

    public GuestReport? Report { get; private set; }

    public IGuestProcess Main => _main!;

    public Task PowerOnAsync(NetworkBinding? network, CancellationToken cancellationToken)
    {
        Address = network?.Address;
        PowerOn();
        return Task.CompletedTask;
    }

    /// <summary>Somebody powers the machine on in vSphere; its process runs at once.</summary>
    public async Task PowerOnInVSphereAsync()
    {
        PowerOn();
        await _main!.StartAsync(CancellationToken.None);
    }

    /// <summary>Somebody resets the machine in vSphere: it is never off, and its process runs another time.</summary>
    public async Task ResetInVSphereAsync()
    {
        var before = _main!;
        await PowerOnInVSphereAsync();
        before.Abort();
    }

    /// <summary>Somebody removes the machine in vSphere.</summary>
    public void RemoveInVSphere()
    {
        _isGone = true;
        destroyed();
        Signal();
    }

    public async Task<int?> WaitForRunAsync(int known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (_isGone || (IsOn && PowerOns != known))
            {
                return _isGone ? null : PowerOns;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task<bool> ExistsAsync(CancellationToken cancellationToken) => Task.FromResult(!_isGone);

    public Task<IPAddress?> TakeOverAsync(CancellationToken cancellationToken) => Task.FromResult(Address);

    private void PowerOn()
    {
        IsOn = true;
        PowerOns++;
        _started = DateTimeOffset.UtcNow;
        _off = new TaskCompletionSource<GuestReport?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _main = new InMemoryProcess(Record.CommandLine(), Record.Config.Tty, Record.Config.OpenStdin, WriteLog);
        _ = PowerOffAtExitAsync(_main, _off);
        _poweredOn.TrySetResult();
        Signal();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public async Task<IGuestSession> ConnectAsync(CancellationToken cancellationToken)
    {
        await boot.WaitAsync(cancellationToken);
        return this;
    }

    public Task<GuestReport?> WaitForPowerOffAsync(CancellationToken cancellationToken) =>
        IsOn ? _off.Task.WaitAsync(cancellationToken) : Task.FromResult(Report);

    public Task PowerOffAsync(CancellationToken cancellationToken)
    {
        IsOn = false;
        Report = new GuestReport(null, "", _started, DateTimeOffset.UtcNow);
        _main?.Abort();
        _off.TrySetResult(Report);
        return Task.CompletedTask;
    }

    public Task DestroyAsync(CancellationToken cancellationToken)
    {
        RemoveInVSphere();
        return Task.CompletedTask;
    }

    public Task UpdateAsync(ContainerRecord record, CancellationToken cancellationToken)
    {
        Record = record;
        return Task.CompletedTask;
    }

    public Task<Stream> OpenOutputAsync(long offset, CancellationToken cancellationToken)
    {
        lock (_log)
        {
            return Task.FromResult<Stream>(new MemoryStream([.. _log.Skip((int)offset)]));
        }
    }

    public IGuestProcess CreateProcess(GuestCommand command) =>
        new InMemoryProcess(command.Arguments, command.Terminal, command.OpenInput, (_, _) => { });

    private async Task PowerOffAtExitAsync(InMemoryProcess main, TaskCompletionSource<GuestReport?> off)
    {
        var code = await main.Exited;
        if (main == _main && IsOn)
        {
            Report = new GuestReport(code, "", _started, DateTimeOffset.UtcNow);
            IsOn = false;
        }

        off.TrySetResult(Report);
    }

    private void WriteLog(bool error, ReadOnlyMemory<byte> bytes)
    {
        lock (_log)
        {
            for (var rest = bytes; rest.Length > 0; rest = rest[Math.Min(rest.Length, 4095)..])
            {
                var size = Math.Min(rest.Length, 4095);
                var header = new byte[10];
                BinaryPrimitives.WriteInt64LittleEndian(header, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100);
                BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)((size << 4) | (error ? 8 : 0)));
                _log.AddRange(Encoding.ASCII.GetBytes(Convert.ToBase64String(header)));
                _log.AddRange(rest.Span[..size]);
            }
        }
    }
}

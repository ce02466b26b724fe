using System.Buffers.Binary;
using System.Net.Sockets;
using Vic.Lab.Machines;

namespace Vic.Lab.SerialPorts;

/// <summary>
/// A serial port that a concentrator has taken: relays between the guest and one connection at a time. A vMotion puts the connection of the target
/// host in the place of the source host's, without a byte lost or doubled: what the guest says waits from the last byte on the old connection to the
/// first on the new one, and the concentrator waits from VMOTION-GOAHEAD to VMOTION-COMPLETE.
/// </summary>
internal sealed class VspcLine(
    Stream guest, SerialPortIdentity identity, SerialPortBacking.Network backing, Func<CancellationToken, Task<Stream>> dial) : IDisposable
{
    /// <summary>How long the concentrator has for its answer to VMOTION-BEGIN (advanced option <c>serialN.vmotionLimit</c>, 5 seconds).</summary>
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly SemaphoreSlim _moving = new(1, 1);
    private CancellationToken _ending;
    private VspcLink? _link;
    private int _moves;

    private VspcLink? Link
    {
        get
        {
            lock (_lock)
            {
                return _link;
            }
        }
    }

    /// <summary>Connects and relays until either side ends; false when the concentrator never took the port.</summary>
    /// <exception cref="EndOfStreamException">The machine is gone.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ending = ending.Token;
        var outward = Task.CompletedTask;
        var accepted = false;
        try
        {
            var first = await ConnectAsync(null, ending.Token).ConfigureAwait(false);
            SetLink(first);
            await first.AcceptedAsync(ending.Token).ConfigureAwait(false);
            accepted = true;
            outward = PumpAsync(ending.Token);
            VspcLink? link;
            do
            {
                link = Link;
                await Task.WhenAny(outward, link!.Receiving).ConfigureAwait(false);
            }
            while (!outward.IsCompleted && link != Link);
        }
        catch (IOException exception) when (exception is not EndOfStreamException)
        {
            // The concentrator did not take the port.
            accepted = false;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await outward.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _moving.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            if (Link is { } last)
            {
                await last.DisposeAsync().ConfigureAwait(false);
                SetLink(null);
            }

            _moving.Release();
        }

        return outward.Exception?.InnerException is EndOfStreamException ? throw new EndOfStreamException("the machine is gone") : accepted;
    }

    /// <summary>Moves the line to another host. The line stays where it is when this fails, or the work in between does.</summary>
    /// <param name="transfer">What happens between the target's connection and the machine's first step there.</param>
    /// <param name="cancellationToken">Gives the vMotion up.</param>
    /// <exception cref="MachineException">The concentrator does not agree, or is gone.</exception>
    public async Task MoveAsync(Func<Task> transfer, CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Link is { IsAccepted: true } source && !_ending.IsCancellationRequested)
            {
                using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending);
                try
                {
                    await MoveAsync(source, transfer, giveUp.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (
                    exception is IOException or SocketException or TimeoutException
                    || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    throw new MachineException($"The serial line of {identity.Name} could not move: {exception.Message}", exception);
                }
            }
            else
            {
                // Nobody listens: there is nothing to hand over.
                await transfer().ConfigureAwait(false);
            }
        }
        finally
        {
            _moving.Release();
        }
    }

    public void Dispose()
    {
        _sending.Dispose();
        _moving.Dispose();
    }

    private async Task MoveAsync(VspcLink source, Func<Task> transfer, CancellationToken cancellationToken)
    {
        var sequence = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(sequence, ++_moves);
        VspcLink? target = null;
        try
        {
            var cookie = await source.BeginMoveAsync(sequence, cancellationToken).WaitAsync(MoveLimit, cancellationToken).ConfigureAwait(false);
            if (cookie.Length == 0)
            {
                throw new MachineException($"The concentrator {backing.ProxyUri} takes no vMotion of {identity.Name} now. Try again.");
            }

            target = await ConnectAsync(cookie, _ending).ConfigureAwait(false);
            await target.AcceptedAsync(cancellationToken).WaitAsync(MoveLimit, cancellationToken).ConfigureAwait(false);
            await transfer().ConfigureAwait(false);
            await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                SetLink(target);
                source.EndSending();
                await target.CompleteMoveAsync(sequence, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch
        {
            if (Link == source)
            {
                await GiveUpAsync(source, target).ConfigureAwait(false);
            }

            throw;
        }

        await Task.WhenAny(source.Receiving, Task.Delay(CloseLimit, _ending)).ConfigureAwait(false);
        await source.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task GiveUpAsync(VspcLink source, VspcLink? target)
    {
        try
        {
            await source.AbortMoveAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The line is gone, and the vMotion with it.
        }

        if (target is not null)
        {
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<VspcLink> ConnectAsync(byte[]? cookie, CancellationToken cancellationToken)
        => new(await dial(cancellationToken).ConfigureAwait(false), guest, new VspcClient(identity, backing, cookie), cancellationToken);

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await guest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Link!.SendAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }
        }
    }

    private void SetLink(VspcLink? link)
    {
        lock (_lock)
        {
            _link = link;
        }
    }
}

using Vic.Guest.Sessions.Cryptography;

namespace Vic.Guest.Sessions.Wire;

/// <summary>
/// The opening of a connection. The tether sends <c>VICS</c>, a version byte, the container's id and the first Noise message; the endpoint
/// answers <c>VICA</c> and the second. Both look for the words in whatever comes first, as a serial port may still carry the remains of an
/// earlier connection. On such a port an endpoint that begins says <c>VICH</c> after so many zeros that a record that the guest waits for
/// is full: the guest then begins anew.
/// </summary>
internal static class SessionHandshake
{
    internal const byte Version = 1;

    private const int WordLength = 4;
    private const int IdLength = 32;
    private const int OpeningLength = WordLength + 1 + IdLength;
    private const int MaximumNoise = 128 * 1024;

    private static ReadOnlySpan<byte> OpeningWord => "VICS"u8;

    private static ReadOnlySpan<byte> AnswerWord => "VICA"u8;

    private static ReadOnlySpan<byte> HailWord => "VICH"u8;

    /// <summary>The tether's part; null when the endpoint asks to begin anew.</summary>
    internal static async Task<SecureChannel?> InitiateAsync(
        SessionTransport transport, string containerId, byte[] key, CancellationToken cancellationToken)
    {
        var opening = new byte[OpeningLength];
        OpeningWord.CopyTo(opening);
        opening[WordLength] = Version;
        IdBytes(containerId).CopyTo(opening, WordLength + 1);
        var noise = new NoiseHandshake(opening, key, SessionKeys.Random(X25519.KeyLength));
        byte[] message = [.. opening, .. noise.WriteFirst([])];
        await transport.Stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        await transport.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);

        while (true)
        {
            var word = await FindWordAsync(transport, isInitiator: true, cancellationToken).ConfigureAwait(false);
            if (word == HailWord[^1])
                return null;
            var at = await transport.WaitAsync(NoiseHandshake.MessageOverhead, cancellationToken).ConfigureAwait(false);
            if (at < 0)
                throw new SessionRefusedException("The endpoint closed the connection during the handshake.");
            var answer = noise.TryReadSecond(transport.Buffer.AsSpan(at, NoiseHandshake.MessageOverhead));
            transport.Advance(NoiseHandshake.MessageOverhead);
            if (answer is null && transport.Profile.IsResynchronizing)
                continue; // An answer to an opening that was given up; the one to this may follow.
            if (answer is null)
                throw new SessionRefusedException("The endpoint does not hold this container's session key.");
            var (sending, receiving) = noise.Split();
            return new SecureChannel(transport, sending, receiving);
        }
    }

    /// <summary>The endpoint's part.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="keyOf">Gives the session key of a container, or null for one that is unknown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task<(SecureChannel Channel, string ContainerId)> AcceptAsync(
        SessionTransport transport, Func<string, byte[]?> keyOf, CancellationToken cancellationToken)
    {
        await FindWordAsync(transport, isInitiator: false, cancellationToken).ConfigureAwait(false);
        const int rest = 1 + IdLength + NoiseHandshake.MessageOverhead;
        var at = await transport.WaitAsync(rest, cancellationToken).ConfigureAwait(false);
        if (at < 0)
            throw new SessionRefusedException("The guest closed the connection during the handshake.");
        byte[] opening = [.. OpeningWord, .. transport.Buffer.AsSpan(at, 1 + IdLength)];
        if (opening[WordLength] != Version)
            throw new SessionRefusedException("The guest speaks another version of the session protocol.");
        var containerId = Convert.ToHexStringLower(opening.AsSpan(WordLength + 1));
        var key = keyOf(containerId) ?? throw new SessionRefusedException("The container is not known.");
        var noise = new NoiseHandshake(opening, key, SessionKeys.Random(X25519.KeyLength));
        var first = noise.TryReadFirst(transport.Buffer.AsSpan(at + 1 + IdLength, NoiseHandshake.MessageOverhead));
        if (first is null)
            throw new SessionRefusedException("The guest does not hold the container's session key.");
        transport.Advance(rest);
        byte[] answer = [.. AnswerWord, .. noise.WriteSecond([])];
        await transport.Stream.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
        await transport.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        var (receiving, sending) = noise.Split();
        return (new SecureChannel(transport, sending, receiving), containerId);
    }

    /// <summary>Tells a guest at the other end of a serial port that an endpoint is there now.</summary>
    internal static async Task HailAsync(SessionTransport transport, CancellationToken cancellationToken)
    {
        var hail = new byte[(2 * transport.Profile.MaximumFrame) + WordLength];
        HailWord.CopyTo(hail.AsSpan(hail.Length - WordLength));
        await transport.Stream.WriteAsync(hail, cancellationToken).ConfigureAwait(false);
        await transport.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads up to and including the peer's word; gives the word's last letter.</summary>
    private static async Task<byte> FindWordAsync(SessionTransport transport, bool isInitiator, CancellationToken cancellationToken)
    {
        for (var skipped = 0; skipped < MaximumNoise; skipped++)
        {
            var at = await transport.WaitAsync(WordLength, cancellationToken).ConfigureAwait(false);
            if (at < 0)
                throw new SessionRefusedException("The connection was closed before the handshake.");
            var word = transport.Buffer.AsSpan(at, WordLength);
            if (isInitiator ? word.SequenceEqual(AnswerWord) || word.SequenceEqual(HailWord) : word.SequenceEqual(OpeningWord))
            {
                var letter = word[^1];
                transport.Advance(WordLength);
                return letter;
            }

            transport.Advance(1);
        }

        throw new SessionRefusedException("The peer does not speak the session protocol.");
    }

    private static byte[] IdBytes(string containerId)
    {
        if (containerId.Length != IdLength * 2)
            throw new ArgumentException("A container's id has 64 hex digits.", nameof(containerId));
        return Convert.FromHexString(containerId);
    }
}

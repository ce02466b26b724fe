using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Vic.Oci.References;

/// <summary>The name of a piece of content: the algorithm and the hash of its bytes (OCI image specification, descriptor.md, "Digests").</summary>
public sealed record Digest
{
    private Digest(HashAlgorithmName algorithm, string algorithmText, string hex)
    {
        Algorithm = algorithm;
        AlgorithmText = algorithmText;
        Hex = hex;
    }

    /// <summary>The hash function.</summary>
    public HashAlgorithmName Algorithm { get; }

    /// <summary>The hash in lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    private string AlgorithmText { get; }

    /// <summary>Reads <c>sha256:…</c> or <c>sha512:…</c>; any other algorithm or length is refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = null;
        var colon = text?.IndexOf(':') ?? -1;
        if (colon < 0)
        {
            return false;
        }

        var algorithm = text![..colon];
        var hex = text[(colon + 1)..];
        var (name, length) = algorithm switch
        {
            "sha256" => (HashAlgorithmName.SHA256, 64),
            "sha512" => (HashAlgorithmName.SHA512, 128),
            _ => (default, -1),
        };
        if (hex.Length != length || !hex.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        digest = new Digest(name, algorithm, hex);
        return true;
    }

    /// <summary>Reads a digest.</summary>
    /// <exception cref="ImageReferenceException">The text is not a digest of a known algorithm.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new ImageReferenceException("invalid digest format");

    /// <summary>The SHA-256 digest of content that is at hand.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromSha256(SHA256.HashData(content));

    /// <summary>Names content by a SHA-256 hash that was computed elsewhere.</summary>
    public static Digest FromSha256(ReadOnlySpan<byte> hash) =>
        new(HashAlgorithmName.SHA256, "sha256", Convert.ToHexStringLower(hash));

    /// <summary>Whether these bytes are the content that this digest names.</summary>
    public bool Matches(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(Algorithm, content)) == Hex;

    /// <summary>A running hash of this digest's algorithm.</summary>
    public IncrementalHash StartHash() => IncrementalHash.CreateHash(Algorithm);

    /// <summary>Whether a finished running hash is this digest.</summary>
    public bool Matches(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetCurrentHash()) == Hex;

    /// <inheritdoc/>
    public override string ToString() => $"{AlgorithmText}:{Hex}";
}

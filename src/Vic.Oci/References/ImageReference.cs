using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Vic.Oci.References;

/// <summary>
/// The full name of an image: registry, repository, and a tag or digest or both. Names are normalised as docker does:
/// <c>busybox</c> is <c>docker.io/library/busybox</c> (distribution/reference, "normalize.go").
/// </summary>
public sealed partial record ImageReference
{
    /// <summary>The registry that short names belong to.</summary>
    public const string DefaultDomain = "docker.io";

    private const string DefaultTag = "latest";
    private const string OfficialPrefix = "library/";
    private const int MaximumNameLength = 255;

    private ImageReference(string domain, string repository, string? tag, Digest? digest)
    {
        Domain = domain;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The registry's host, with its port when it has one.</summary>
    public string Domain { get; }

    /// <summary>The repository's path inside the registry, such as <c>library/busybox</c>.</summary>
    public string Repository { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; private init; }

    /// <summary>The digest, or null.</summary>
    public Digest? Digest { get; private init; }

    /// <summary>The full name without tag and digest.</summary>
    public string Name => $"{Domain}/{Repository}";

    /// <summary>The name as people type it: without docker.io and without library/.</summary>
    public string FamiliarName
    {
        get
        {
            if (Domain != DefaultDomain)
            {
                return Name;
            }

            var official = Repository.StartsWith(OfficialPrefix, StringComparison.Ordinal) && Repository.IndexOf('/', OfficialPrefix.Length) < 0;
            return official ? Repository[OfficialPrefix.Length..] : Repository;
        }
    }

    /// <summary>The familiar name with tag and digest.</summary>
    public string FamiliarText => FamiliarName + Suffix;

    /// <summary>What a registry is asked for: the digest when there is one, otherwise the tag.</summary>
    public string Target => Digest?.ToString() ?? Tag ?? DefaultTag;

    private string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    /// <summary>Reads a name as a docker user types it.</summary>
    /// <exception cref="ImageReferenceException">The text is not an image's name.</exception>
    public static ImageReference Parse(string text)
    {
        if (IdentifierPattern.IsMatch(text))
        {
            throw new ImageReferenceException($"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings");
        }

        var (domain, rest) = SplitDomain(text);
        var nameEnd = rest.IndexOfAny(['@', ':']);
        var name = nameEnd < 0 ? rest : rest[..nameEnd];
        if (name.Any(char.IsAsciiLetterUpper))
        {
            throw new ImageReferenceException("invalid reference format: repository name must be lowercase");
        }

        var match = ReferencePattern.Match(rest);
        if (!match.Success || !DomainPattern.IsMatch(domain))
        {
            throw new ImageReferenceException("invalid reference format");
        }

        if (domain.Length + 1 + name.Length > MaximumNameLength)
        {
            throw new ImageReferenceException($"repository name must not be more than {MaximumNameLength} characters");
        }

        var digest = match.Groups["digest"] is { Success: true, Value: var digestText } ? Digest.Parse(digestText) : null;
        var tag = match.Groups["tag"] is { Success: true, Value: var tagText } ? tagText : null;
        return new ImageReference(domain, name, tag, digest);
    }

    /// <summary>Reads a name, or says that the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference)
    {
        try
        {
            reference = Parse(text);
            return true;
        }
        catch (ImageReferenceException)
        {
            reference = null;
            return false;
        }
    }

    /// <summary>The same reference, with <c>:latest</c> when it has neither a tag nor a digest.</summary>
    public ImageReference OrLatest() => Tag is null && Digest is null ? this with { Tag = DefaultTag } : this;

    /// <summary>The same repository with this tag alone.</summary>
    /// <exception cref="ImageReferenceException">The text cannot be a tag.</exception>
    public ImageReference WithTag(string tag) =>
        TagPattern.IsMatch(tag) ? this with { Tag = tag, Digest = null } : throw new ImageReferenceException("invalid tag format");

    /// <summary>The same repository with this digest alone.</summary>
    public ImageReference WithDigest(Digest digest) => this with { Tag = null, Digest = digest };

    /// <inheritdoc/>
    public override string ToString() => Name + Suffix;

    // The first component is a registry only when it cannot be a user's name on the default one.
    private static (string Domain, string Remainder) SplitDomain(string text)
    {
        var slash = text.IndexOf('/');
        var first = slash < 0 ? "" : text[..slash];
        var isDomain = slash > 0 && (first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost" || first.Any(char.IsAsciiLetterUpper));
        var (domain, rest) = isDomain ? (first, text[(slash + 1)..]) : (DefaultDomain, text);
        if (domain == "index.docker.io")
        {
            domain = DefaultDomain;
        }

        return domain == DefaultDomain && !rest.Contains('/') ? (domain, OfficialPrefix + rest) : (domain, rest);
    }

    [GeneratedRegex("^[a-f0-9]{64}$")]
    private static partial Regex IdentifierPattern { get; }

    [GeneratedRegex(@"^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z")]
    private static partial Regex DomainPattern { get; }

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z", RegexOptions.ECMAScript | RegexOptions.ExplicitCapture)]
    private static partial Regex ReferencePattern { get; }

    [GeneratedRegex(@"^[\w][\w.-]{0,127}$", RegexOptions.ECMAScript)]
    private static partial Regex TagPattern { get; }
}

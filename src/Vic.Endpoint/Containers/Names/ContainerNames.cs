using System.Text.RegularExpressions;
using Vic.Endpoint.Errors;

namespace Vic.Endpoint.Containers.Names;

/// <summary>Which names a container may have, and names for those that were given none.</summary>
internal static partial class ContainerNames
{
    private static readonly string[] Qualities =
    [
        "able", "agile", "amber", "ample", "apt", "balmy", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid", "clever", "cosy", "crisp",
        "curious", "daring", "deft", "eager", "earnest", "fair", "fleet", "frank", "gentle", "gifted", "glad", "golden", "grand", "happy", "hardy", "hearty",
        "humble", "jolly", "keen", "kind", "lively", "loyal", "lucid", "mellow", "merry", "mild", "modest", "neat", "nimble", "noble", "patient", "plucky",
        "polite", "proud", "quick", "quiet", "rapid", "ready", "robust", "rosy", "sage", "serene", "sharp", "silver", "sincere", "smart", "snug", "spry",
        "steady", "sturdy", "sunny", "swift", "tidy", "true", "upbeat", "vivid", "warm", "wise", "witty", "zesty",
    ];

    private static readonly string[] Surnames =
    [
        "abel", "ampere", "avogadro", "babbage", "backus", "bernoulli", "bessel", "bohr", "boole", "boltzmann", "brahe", "cantor", "carnot", "cauchy", "cavendish",
        "chandra", "church", "copernicus", "coulomb", "curie", "dalton", "darwin", "dijkstra", "dirac", "doppler", "einstein", "engelbart", "euclid", "euler", "faraday",
        "fermat", "feynman", "fibonacci", "fourier", "franklin", "galileo", "galois", "gauss", "germain", "goedel", "hamilton", "heisenberg", "hertz", "hilbert", "hopper",
        "hubble", "huygens", "hypatia", "joule", "kelvin", "kepler", "khayyam", "knuth", "kovalevskaya", "lagrange", "laplace", "leibniz", "linnaeus", "lovelace", "maxwell",
        "meitner", "mendel", "mendeleev", "minsky", "moebius", "napier", "newton", "noether", "ohm", "pascal", "pasteur", "pauli", "planck", "poincare", "ptolemy",
        "ramanujan", "ritchie", "rutherford", "shannon", "tesla", "torricelli", "turing", "volta", "wiles", "wirth", "zuse",
    ];

    /// <summary>Refuses what docker refuses.</summary>
    public static void Validate(string name)
    {
        if (!Allowed().IsMatch(name))
        {
            throw EngineException.InvalidParameter($"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
    }

    /// <summary>A name such as <c>keen_noether</c> that <paramref name="isTaken"/> does not know.</summary>
    public static string Generate(Func<string, bool> isTaken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var name = $"{Qualities[Random.Shared.Next(Qualities.Length)]}_{Surnames[Random.Shared.Next(Surnames.Length)]}";
            name = attempt < 6 ? name : $"{name}{Random.Shared.Next(10_000)}";
            if (!isTaken(name))
            {
                return name;
            }
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}

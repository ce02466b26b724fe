namespace Vic.Lab.Tests.Strangers.Tours;

/// <summary>What came of a tour.</summary>
/// <param name="Chapters">Each chapter's sentences with their failures; an empty text where the sentence held.</param>
/// <param name="CalledMethods">The wire names of the methods that the lab was called with; empty for another server.</param>
public sealed record TourReport(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Chapters, IReadOnlySet<string> CalledMethods)
{
    /// <summary>The failures of a chapter as one text; empty when all its sentences held.</summary>
    public string FailuresOf(string chapter) => string.Join(
        "\n",
        from sentence in Chapters[chapter]
        where sentence.Value.Length > 0
        select $"{sentence.Key}:\n{sentence.Value}");
}

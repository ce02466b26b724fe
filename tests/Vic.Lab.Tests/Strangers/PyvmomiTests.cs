using Vic.Lab.Tests.Strangers.Tours;

namespace Vic.Lab.Tests.Strangers;

/// <summary>Debian's pyvmomi drives the lab as it drives a vSphere, and finds govmomi's simulator answer alike.</summary>
public sealed class PyvmomiTests(TourCollection tours)
{
    public static TheoryData<TouredServer, string> Chapters { get; } =
        [.. from server in Enum.GetValues<TouredServer>() from chapter in TourCollection.ChaptersOf(Stranger.Pyvmomi) select (server, chapter)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task Pyvmomi_finds_each_sentence_of_the_chapter_true(TouredServer server, string chapter)
    {
        var report = await tours.ReportAsync(Stranger.Pyvmomi, server);
        Assert.NotEmpty(report.Chapters[chapter]);
        Assert.Equal("", report.FailuresOf(chapter));
    }
}

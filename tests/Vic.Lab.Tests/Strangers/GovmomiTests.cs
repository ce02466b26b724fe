using Vic.Lab.Tests.Strangers.Tours;

namespace Vic.Lab.Tests.Strangers;

/// <summary>Debian's govmomi and its helpers drive the lab as they drive a vSphere, and find govmomi's own simulator answer alike.</summary>
public sealed class GovmomiTests(TourCollection tours)
{
    public static TheoryData<TouredServer, string> Chapters { get; } =
        [.. from server in Enum.GetValues<TouredServer>() from chapter in TourCollection.ChaptersOf(Stranger.Govmomi) select (server, chapter)];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task Govmomi_finds_each_sentence_of_the_chapter_true(TouredServer server, string chapter)
    {
        var report = await tours.ReportAsync(Stranger.Govmomi, server);
        Assert.NotEmpty(report.Chapters[chapter]);
        Assert.Equal("", report.FailuresOf(chapter));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Vic.EndToEnd.Tests.Deployment;
using Vic.Testing.Docker;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>A container boots what is on the bootstrap ISO, and nothing else.</summary>
[Collection<ExpendableVchCollection>]
public sealed partial class DamagedImageTests(ExpendableVch vch)
{
    private const int SectorSize = 2048;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DockerClient Docker => vch.Docker;

    [Fact]
    public async Task With_one_byte_of_the_tether_flipped_no_container_starts_and_with_it_mended_one_does()
    {
        var iso = Assert.Single(Directory.EnumerateFiles(vch.Lab.StateDirectory, "*bootstrap.iso", SearchOption.AllDirectories));
        var place = await MiddleOfTheTetherAsync(iso);

        Flip(iso, place);
        var damaged = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "echo", "hi");
        Flip(iso, place);
        var mended = await Docker.RunAsync(Cancellation, "run", "--rm", "busybox", "echo", "hi");

        Assert.Equal(("", 125), (damaged.Output, damaged.ExitCode));
        Assert.Contains("container VM", damaged.Error, StringComparison.Ordinal);
        Assert.Equal(("hi\n", 0), (mended.Output, mended.ExitCode));
        Assert.Empty((await Docker.RunAsync(Cancellation, "ps", "-aq")).EnsureSuccess().Output);
    }

    private static void Flip(string iso, long place)
    {
        using var file = new FileStream(iso, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = place;
        var value = (byte)file.ReadByte();
        file.Position = place;
        file.WriteByte((byte)(value ^ 1));
    }

    // The initramfs is one compressed stream, and its middle is inside the tether, by far the largest file in it.
    private static async Task<long> MiddleOfTheTetherAsync(string iso)
    {
        var report = await new Command("xorriso", "-indev", iso, "-find", "/", "-name", "initrd*", "-exec", "report_lba").RunAsync(Cancellation);
        var place = FileDataLine().Match(report.EnsureSuccess().Output);
        Assert.True(place.Success, report.Output + report.Error);
        var start = long.Parse(place.Groups["lba"].Value, CultureInfo.InvariantCulture) * SectorSize;
        return start + (long.Parse(place.Groups["bytes"].Value, CultureInfo.InvariantCulture) / 2);
    }

    [GeneratedRegex(@"File data lba:\s*\d+\s*,\s*(?<lba>\d+)\s*,\s*\d+\s*,\s*(?<bytes>\d+)")]
    private static partial Regex FileDataLine();
}

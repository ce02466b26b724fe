namespace Vic.Configuration.Tests;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("2017-07-14 02:40:00.000000005 +0000 UTC")]
    [InlineData("2017-07-14 02:40:00 +0000 UTC")]
    [InlineData("2017-07-14 02:40:00.1 +0200 CEST")]
    [InlineData("0001-01-01 00:00:00 +0000 UTC")]
    public void A_time_keeps_its_text(string text)
    {
        Assert.True(GuestTime.TryParse(text, out var time));
        Assert.Equal(text, time!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2017-07-14")]
    [InlineData("2017-07-14 02:40:00")]
    [InlineData("2017-07-14 02:40:00 ")]
    [InlineData("2017-07-14 02:40:00 +99999 X")]
    [InlineData("2017-17-14 02:40:00 +0000 UTC")]
    [InlineData("0001-01-01 00:00:00 +1400 X")]
    public void What_is_no_time_is_refused(string text) => Assert.False(GuestTime.TryParse(text, out _));

    [Fact]
    public void The_clock_reading_that_Go_appends_is_dropped()
    {
        Assert.True(GuestTime.TryParse("2017-07-14 02:40:00.5 +0000 UTC m=+12.3", out var time));
        Assert.Equal("2017-07-14 02:40:00.5 +0000 UTC", time!.ToString());
        Assert.Equal(GuestTime.From(time.Value).ToString(), time.ToString());
    }

    [Theory]
    [InlineData("10.0.0.1", "AAAAAAAAAAAAAP//CgAAAQ==")]
    [InlineData("fd00::1", "/QAAAAAAAAAAAAAAAAAAAQ==")]
    public void An_address_has_the_bytes_that_Go_gives_it(string text, string bytes)
    {
        var address = GuestAddress.Parse(text);

        Assert.Equal(bytes, Convert.ToBase64String(address.GetBytes()));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, address.ToShortForm());
    }

    [Theory]
    [InlineData("ds://datastore1/a%20b/c", "datastore1", "/a b/c", "")]
    [InlineData("nfs://host:2049/export?uid=1000&gid=1000", "host:2049", "/export", "uid=1000&gid=1000")]
    [InlineData("label://deadbeef", "deadbeef", "", "")]
    public void A_URL_is_taken_apart(string text, string host, string path, string query)
    {
        var url = GuestUrl.Parse(text);

        Assert.Equal((host, path, query), (url.Host, url.Path, url.RawQuery));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("ds://a%2")]
    [InlineData("ds://a%zz/")]
    public void A_broken_URL_is_refused(string text) => Assert.Throws<FormatException>(() => GuestUrl.Parse(text));

    [Theory]
    [InlineData("10.0.0.1/24", "////AA==")]
    [InlineData("0.0.0.0/0", "AAAAAA==")]
    public void A_network_has_a_mask_of_four_bytes(string text, string mask)
    {
        var network = GuestNetwork.Parse(text);

        Assert.Equal(mask, Convert.ToBase64String(network.Mask.GetBytes()));
        Assert.Equal(text, network.ToString());
    }

    [Fact]
    public void A_mask_with_holes_is_no_mask() => Assert.Null(GuestMask.TryFromBytes([255, 0, 255, 0]));
}

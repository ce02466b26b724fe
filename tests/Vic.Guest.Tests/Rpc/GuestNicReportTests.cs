using Vic.Configuration;
using Vic.Guest.Rpc;

namespace Vic.Guest.Tests.Rpc;

public sealed class GuestNicReportTests
{
    [Fact]
    public void Cards_are_reported_as_VMware_Tools_report_them()
    {
        byte[] expected =
        [
            .. Word(3), .. Word(1), .. Word(1), .. Word(17), .. "00:50:56:aa:bb:cc"u8, 0, 0, 0, .. Word(1),
            .. Word(1), .. Word(4), 10, 77, 0, 15, .. Word(24), .. Word(0), .. Word(0),
            .. Word(0), .. Word(0), .. Word(0), .. Word(0),
            .. Word(0), .. Word(0), .. Word(0), .. Word(0), .. Word(0),
        ];
        var card = new GuestAdapter([0x00, 0x50, 0x56, 0xAA, 0xBB, 0xCC], [GuestNetwork.Parse("10.77.0.15/24")]);
        Assert.Equal(expected, GuestNicReport.Encode([card]));
    }

    [Fact]
    public void A_seventeenth_card_is_left_out() =>
        Assert.Equal(Word(16), GuestNicReport.Encode([.. Enumerable.Repeat(new GuestAdapter(new byte[6], []), 17)])[8..12]);

    private static byte[] Word(byte value) => [0, 0, 0, value];
}

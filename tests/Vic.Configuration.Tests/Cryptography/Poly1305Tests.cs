using Vic.Configuration.Cryptography;

namespace Vic.Configuration.Tests.Cryptography;

public sealed class Poly1305Tests
{
    /// <summary>RFC 8439, sections 2.5.2 and A.3 (the vectors that reach the reduction's edges).</summary>
    [Theory]
    [InlineData(
        "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b",
        "43727970746f6772617068696320466f72756d2052657365617263682047726f7570",
        "a8061dc1305136c6c22b8baf0c0127a9")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "03000000000000000000000000000000")]
    [InlineData("02000000000000000000000000000000ffffffffffffffffffffffffffffffff", "02000000000000000000000000000000", "03000000000000000000000000000000")]
    [InlineData(
        "0100000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000",
        "05000000000000000000000000000000")]
    [InlineData(
        "0100000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101",
        "00000000000000000000000000000000")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    [InlineData(
        "0100000000000000040000000000000000000000000000000000000000000000",
        "e33594d7505e43b900000000000000003394d7505e4379cd01000000000000000000000000000000000000000000000001000000000000000000000000000000",
        "14000000000000005500000000000000")]
    [InlineData(
        "0100000000000000040000000000000000000000000000000000000000000000",
        "e33594d7505e43b900000000000000003394d7505e4379cd010000000000000000000000000000000000000000000000",
        "13000000000000000000000000000000")]
    public void The_vectors_of_RFC_8439_hold_however_the_message_is_cut(string key, string message, string tag)
    {
        var bytes = Convert.FromHexString(message);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var authenticator = new Poly1305();
            var result = new byte[Poly1305.TagLength];
            authenticator.Start(Convert.FromHexString(key), 0);
            authenticator.Update(bytes, 0, cut);
            authenticator.Update(bytes, cut, bytes.Length - cut);
            authenticator.Finish(result, 0);
            Assert.Equal(tag, Convert.ToHexStringLower(result));
        }
    }
}

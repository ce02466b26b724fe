using Vic.Configuration.Cryptography;

namespace Vic.Configuration.Tests.Cryptography;

public sealed class SecretBoxTests
{
    /// <summary>The example of NaCl's own test suite (tests/secretbox.c).</summary>
    [Fact]
    public void The_test_vector_of_NaCl_is_sealed_and_opened()
    {
        var key = Convert.FromHexString("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        var nonce = Convert.FromHexString("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        var message = Convert.FromHexString(
            "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
            + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
            + "5e0705");
        var box = Convert.FromHexString(
            "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
            + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
            + "7973f622a43d14a6599b1f654cb45a74e355a5");

        Assert.Equal(box, SecretBox.Seal(message, nonce, key));
        Assert.Equal(message, SecretBox.TryOpen(box, nonce, key));
    }

    [Fact]
    public void A_box_with_any_changed_bit_does_not_open()
    {
        var key = new byte[SecretBox.KeyLength];
        var nonce = new byte[SecretBox.NonceLength];
        var box = SecretBox.Seal("a secret"u8.ToArray(), nonce, key);
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            box[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(SecretBox.TryOpen(box, nonce, key));
            box[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    public void A_message_of_any_length_comes_back(int length)
    {
        var key = SecretKey.Generate();
        var text = new string('x', length);

        var first = key.Seal(text);
        var second = key.Seal(text);

        Assert.NotEqual(first, second);
        Assert.True(key.TryOpen(first, out var opened));
        Assert.Equal(text, opened);
        Assert.False(SecretKey.Generate().TryOpen(first, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    public void What_is_no_sealed_value_is_refused(string text) => Assert.False(SecretKey.Generate().TryOpen(text, out _));
}

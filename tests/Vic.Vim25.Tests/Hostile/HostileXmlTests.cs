using System.Text;
using CsCheck;

namespace Vic.Vim25.Tests.Hostile;

public sealed class HostileXmlTests
{
    private const string Open = "<e:Envelope xmlns:e='e'><e:Body><Login xmlns='urn:vim25'><_this type='SessionManager'>s</_this>";
    private const string Close = "</Login></e:Body></e:Envelope>";

    public static TheoryData<string> Broken => new()
    {
        "",
        "<",
        "no xml at all",
        "<html><body>502</body></html>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><e:Envelope/>",
        Open,
        Open + "<userName>a",
        Open + "<userName>&nope;</userName>" + Close,
        Open + "<userName>&#xD800;</userName>" + Close,
        Open + "<userName a=b>x</userName>" + Close,
        Open + "<userName a='1' / >x</userName>" + Close,
        Open + "<!ELEMENT x>" + Close,
        "<e:Envelope><e:Body/></e:Envelope>",
        "<e:Envelope><e:Body><Login/></e:Body></e:Envelope>",
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_documents_end_with_a_protocol_error(string document) =>
        Assert.Throws<VimProtocolException>(() => Read(document));

    [Fact]
    public void Nesting_is_bounded_wherever_it_occurs()
    {
        string deep = string.Concat(Enumerable.Repeat("<x>", 100_000));
        Assert.Throws<VimProtocolException>(() => Read(Open + deep));
        string causes = string.Concat(Enumerable.Repeat("<fault xmlns:i='i' i:type='MethodFault'><faultCause><fault>", 10_000));
        Assert.Throws<VimProtocolException>(() => Read(
            "<e:Envelope><e:Body><SetTaskState xmlns='urn:vim25'><_this type='Task'>t</_this><fault>" + causes));
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        var limits = new VimXmlLimits(100_000, 50_000, 50);
        Assert.Throws<VimProtocolException>(() => Read(Open + "<userName>" + new string('a', 90_000), limits));
        Assert.Throws<VimProtocolException>(() => Read(Open + "<userName>&amp;" + new string('a', 90_000), limits));
        Assert.Throws<VimProtocolException>(() => Read(Open + "<userName x='" + new string('a', 90_000), limits));
        Assert.Throws<VimProtocolException>(() => Read(Open + "<userName><![CDATA[" + new string('a', 90_000), limits));
        Assert.Throws<VimProtocolException>(() => Read(Open + string.Concat(Enumerable.Repeat("<userName>a</userName>", 100_000)), limits));
    }

    [Fact]
    public void Types_that_do_not_belong_are_ignored()
    {
        var read = (ReconfigVMTaskRequest)Read(
            "<e:Envelope><e:Body><ReconfigVM_Task xmlns='urn:vim25' xmlns:i='i'><_this type='VirtualMachine'>v</_this><spec i:type='InvalidLogin'>"
            + "<name>n</name><extraConfig i:type='VirtualDisk'><key>a</key><value i:type='ArrayOfVirtualDevice'><VirtualDevice i:type='HostSystem'/>"
            + "<VirtualDevice i:type='TaskInfo'><key>k</key></VirtualDevice></value></extraConfig></spec></ReconfigVM_Task></e:Body></e:Envelope>");
        Assert.Equal("n", read.Spec.Name);
        Assert.Equal("a", read.Spec.ExtraConfig![0].Key);
    }

    [Fact]
    public void Damaged_requests_never_end_otherwise_than_with_a_typed_error()
    {
        byte[] seed = Encoding.UTF8.GetBytes(
            Open + "<userName>a&amp;b</userName><!-- c --><password><![CDATA[x]]></password><locale a='b' i:type='xsd:string'>en</locale>" + Close);
        Gen<byte[]> damaged =
            from edits in Gen.Select(Gen.Int[0, seed.Length - 1], Gen.OneOf(Gen.Byte, Gen.Const((byte)'<'), Gen.Const((byte)'>'), Gen.Const((byte)'/'), Gen.Const((byte)'&'), Gen.Const((byte)'"'))).Array[1, 6]
            from length in Gen.Frequency((3, Gen.Const(seed.Length)), (1, Gen.Int[0, seed.Length]))
            select Damage(seed, edits, length);
        damaged.Sample(
            bytes =>
            {
                try
                {
                    SoapRequestReader.Read(new MemoryStream(bytes));
                }
                catch (VimException)
                {
                    // The typed error that a server answers with a fault.
                }
            },
            iter: 50_000);
    }

    [Fact]
    public void Any_text_survives_the_way_to_the_server_but_for_what_XML_cannot_carry() =>
        Gen.String.Sample(
            text =>
            {
                var request = new LoginRequest { This = new("SessionManager", "s"), UserName = text };
                var back = (LoginRequest)SoapRequestReader.Read(new MemoryStream(Wire.Xml.Bytes(request)));
                Assert.Equal(Carried(text), back.UserName);
            },
            iter: 5_000);

    private static string Carried(string text)
    {
        var carried = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isForbidden = rune.Value is < 0x20 and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF;
            carried.Append(isForbidden ? "\uFFFD" : rune.ToString());
        }

        return carried.ToString();
    }

    private static byte[] Damage(byte[] seed, (int Position, byte Value)[] edits, int length)
    {
        byte[] bytes = [.. seed];
        foreach ((int position, byte value) in edits)
        {
            bytes[position] = value;
        }

        return bytes[..length];
    }

    private static VimRequest Read(string document, VimXmlLimits? limits = null) =>
        SoapRequestReader.Read(new SmallReads(Encoding.UTF8.GetBytes(document)), limits);
}

using Vic.Testing.Fuzzing;

namespace Vic.Vim25.Tests.Hostile;

/// <summary>Damaged SOAP, as a server reads it and as a client does, gives a message or a typed error, in bounded memory.</summary>
public sealed class SoapFuzzTests
{
    // The dearest element of the schema: a short name, and an object of many properties.
    private const int BytesPerByte = 160;

    private static readonly FuzzTarget Requests = new("soap-requests", FuzzGrammar.Xml, ReadRequest)
    {
        IsDocumented = exception => exception is VimException,
        AllowancePerByte = BytesPerByte,
    };

    private static readonly FuzzTarget Responses = new("soap-responses", FuzzGrammar.Xml, ReadResponse)
    {
        IsDocumented = exception => exception is VimException,
        AllowancePerByte = BytesPerByte,
    };

    [Fact]
    public void Damaged_requests_give_a_request_or_a_typed_error() => Run(Requests, FuzzSize.Test);

    [Fact]
    public void Damaged_responses_give_a_result_or_a_typed_error() => Run(Responses, FuzzSize.Test);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_requests_give_a_request_or_a_typed_error() => Run(Requests, FuzzSize.Soak);

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_damaged_responses_give_a_result_or_a_typed_error() => Run(Responses, FuzzSize.Soak);

    private static void Run(FuzzTarget target, int count) =>
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: {target.Run(count)}");

    private static bool ReadRequest(byte[] input)
    {
        SoapRequestReader.Read(new SteppedStream(input));
        return true;
    }

    private static bool ReadResponse(byte[] input)
    {
        using var reader = new VimXmlReader(new SteppedStream(input), VimXmlLimits.Response);
        SoapEnvelope.MoveIntoBody(reader);
        if (reader.NameIs("Fault"u8))
        {
            SoapFault.Read(reader);
            return true;
        }

        // The client knows what it has asked; here only the answer tells.
        string name = reader.ReadName();
        VimRequest? asked = MethodCatalog.TryCreate(name.Replace("Response", "", StringComparison.Ordinal), out VimRequest? known) ? known : null;
        switch (asked)
        {
            case VimRequest<ServiceContent> request:
                request.ReadResult(reader);
                break;
            case VimRequest<UserSession> request:
                request.ReadResult(reader);
                break;
            case VimRequest<UpdateSet?> request:
                request.ReadResult(reader);
                break;
            case VimRequest<ManagedObjectReference> request:
                request.ReadResult(reader);
                break;
            default:
                new RetrievePropertiesExRequest().ReadResult(reader);
                break;
        }

        return true;
    }
}

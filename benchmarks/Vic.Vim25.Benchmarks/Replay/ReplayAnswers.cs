using System.Globalization;
using System.Text;

namespace Vic.Vim25.Benchmarks.Replay;

/// <summary>What the server says to each method. There is one session, and one view.</summary>
internal sealed class ReplayAnswers(ReplayInventory inventory)
{
    private static readonly byte[] Versions =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <namespaces version="1.0"><namespace><name>urn:vim25</name><version>6.7</version><priorVersions><version>6.5</version><version>6.0</version></priorVersions></namespace></namespaces>
        """u8.ToArray();

    private static readonly byte[] Opening =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
        """u8.ToArray();

    private static readonly byte[] Closing = "</soapenv:Body></soapenv:Envelope>"u8.ToArray();

    /// <summary>How many VMs there are.</summary>
    public int Machines { get; set; } = 10_000;

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await SendAsync(context, Versions);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        var request = SoapRequestReader.Read(body);
        switch (request)
        {
            case RetrievePropertiesRequest { SpecSet: [{ PropSet: [{ Type: "VirtualMachine" }] }] }:
                await SendAllAsync(context);
                break;
            case RetrievePropertiesExRequest { SpecSet: [{ PropSet: [{ Type: "VirtualMachine" }] }] } retrieve:
                await SendPageAsync(context, request.MethodName, 0, retrieve.Options.MaxObjects ?? Machines);
                break;
            case ContinueRetrievePropertiesExRequest { Token: var token }:
                var place = token.Split(':');
                await SendPageAsync(context, request.MethodName, Number(place[0]), Number(place[1]));
                break;
            default:
                await SendAsync(context, Answer(context, request));
                break;
        }
    }

    private static byte[] Answer(HttpContext context, VimRequest request)
    {
        if (request is LoginRequest)
        {
            context.Response.Headers.SetCookie = "vmware_soap_session=replay; Path=/; HttpOnly; Secure";
        }

        return SoapResponseWriter.Result(request, request switch
        {
            RetrieveServiceContentRequest => Content,
            CurrentTimeRequest => DateTime.UtcNow,
            LoginRequest login => Session(login),
            CreateContainerViewRequest => new ManagedObjectReference("ContainerView", "view"),
            _ => null,
        });
    }

    private static UserSession Session(LoginRequest login) => new()
    {
        Key = "replay",
        UserName = login.UserName,
        FullName = login.UserName,
        LoginTime = DateTime.UtcNow,
        LastActiveTime = DateTime.UtcNow,
        Locale = "en",
        MessageLocale = "en",
    };

    private static ServiceContent Content => new()
    {
        RootFolder = new("Folder", "group-d1"),
        PropertyCollector = new("PropertyCollector", "propertyCollector"),
        ViewManager = new("ViewManager", "ViewManager"),
        SessionManager = new("SessionManager", "SessionManager"),
        About = new AboutInfo { Name = "replay", FullName = "replay", Vendor = "-", Version = "6.7.0", Build = "1", OsType = "linux", ProductLineId = "vpx", ApiType = "VirtualCenter", ApiVersion = "6.7" },
    };

    private static async Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task SendAllAsync(HttpContext context)
    {
        await BeginAsync(context, "RetrieveProperties");
        await inventory.WriteAsync(context.Response.Body, "returnval", 0, Machines, context.RequestAborted);
        await EndAsync(context, "RetrieveProperties");
    }

    private async Task SendPageAsync(HttpContext context, string method, int first, int size)
    {
        var count = Math.Min(size, Machines - first);
        await BeginAsync(context, method);
        var isLast = first + count == Machines;
        var token = isLast ? "" : string.Create(CultureInfo.InvariantCulture, $"<token>{first + count}:{size}</token>");
        await WriteAsync(context, $"<returnval>{token}");
        await inventory.WriteAsync(context.Response.Body, "objects", first, count, context.RequestAborted);
        await WriteAsync(context, "</returnval>");
        await EndAsync(context, method);
    }

    private static async Task BeginAsync(HttpContext context, string method)
    {
        await context.Response.Body.WriteAsync(Opening, context.RequestAborted);
        await WriteAsync(context, $"<{method}Response xmlns=\"urn:vim25\">");
    }

    private static async Task EndAsync(HttpContext context, string method)
    {
        await WriteAsync(context, $"</{method}Response>");
        await context.Response.Body.WriteAsync(Closing, context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, string text) =>
        context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(text), context.RequestAborted).AsTask();

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

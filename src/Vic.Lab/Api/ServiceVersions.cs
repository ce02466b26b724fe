namespace Vic.Lab.Api;

/// <summary>The document <c>/sdk/vimServiceVersions.xml</c>, from which clients choose an API version.</summary>
internal static class ServiceVersions
{
    private const string Document =
        """
        <?xml version="1.0" encoding="UTF-8" ?>
        <namespaces version="1.0">
         <namespace>
          <name>urn:vim25</name>
          <version>6.7.3</version>
          <priorVersions>
           <version>6.7.2</version>
           <version>6.7.1</version>
           <version>6.7</version>
           <version>6.5</version>
           <version>6.0</version>
           <version>5.5</version>
           <version>5.1</version>
           <version>5.0</version>
          </priorVersions>
         </namespace>
        </namespaces>
        """;

    public static Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(Document, context.RequestAborted);
    }
}

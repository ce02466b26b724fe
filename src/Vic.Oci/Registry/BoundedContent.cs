namespace Vic.Oci.Registry;

/// <summary>Reads small answers whole, and refuses large ones before they fill the memory.</summary>
internal static class BoundedContent
{
    public static async Task<byte[]> ReadAsync(HttpContent content, int maximum, string what, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximum)
        {
            throw TooLarge(what, maximum);
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > maximum)
            {
                throw TooLarge(what, maximum);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    private static RegistryException TooLarge(string what, int maximum) =>
        new(RegistryErrorKind.InvalidContent, $"the registry's {what} is larger than {maximum} bytes");
}

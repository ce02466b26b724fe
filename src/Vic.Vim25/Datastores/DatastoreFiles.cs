using System.Net;
using System.Net.Http.Headers;

namespace Vic.Vim25;

/// <summary>
/// Files on a datastore over HTTPS, at <c>/folder/path?dcPath=datacenter&amp;dsName=datastore</c> (vSphere Web Services SDK Programming
/// Guide, "HTTP Access to vSphere Server Files").
/// </summary>
/// <param name="client">A session that is logged in.</param>
/// <param name="datacenterPath">The datacenter's inventory path, for example <c>Datacenter</c> or <c>Folder/Datacenter</c>; <c>ha-datacenter</c> on ESXi.</param>
/// <param name="datastore">The datastore's name.</param>
public sealed class DatastoreFiles(VimClient client, string datacenterPath, string datastore)
{
    private const int BlockSize = 128 * 1024;

    /// <summary>The datastore's name.</summary>
    public string Datastore { get; } = datastore;

    /// <summary>Stores a file, in place of one that is there.</summary>
    /// <param name="path">The path within the datastore; its directory must exist.</param>
    /// <param name="content">What to store, from its current position on.</param>
    /// <param name="length">How many bytes <paramref name="content"/> will give.</param>
    /// <param name="progress">Told the bytes that were sent.</param>
    /// <param name="cancellationToken">Ends the transfer; the file may be there in part.</param>
    /// <exception cref="DatastoreFileException">The server refused.</exception>
    public async Task UploadAsync(
        string path, Stream content, long length, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage message = Request(HttpMethod.Put, path);
        message.Headers.Add("Overwrite", "t");
        message.Content = new ProgressContent(content, length, progress, cancellationToken);
        using HttpResponseMessage response = await SendAsync(message, "The upload", path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a file into a stream.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="DatastoreFileException">The file is not there, or the server refused.</exception>
    public Task<long> DownloadAsync(
        string path, Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadFromAsync(path, 0, destination, progress, cancellationToken);

    /// <summary>Reads the rest of a file into a stream.</summary>
    /// <param name="path">The path within the datastore.</param>
    /// <param name="offset">Where to begin, in bytes from the file's start.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <param name="progress">Told the bytes that were read.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The number of bytes; 0 when the file ends before the offset.</returns>
    /// <exception cref="DatastoreFileException">The file is not there, or the server refused.</exception>
    public Task<long> DownloadFromAsync(
        string path, long offset, Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(path, offset > 0 ? new RangeHeaderValue(offset, null) : null, offset, destination, progress, cancellationToken);

    /// <summary>Reads a part of a file into a stream, so that a long file need not be read at once.</summary>
    /// <param name="path">The path within the datastore.</param>
    /// <param name="offset">Where to begin, in bytes from the file's start.</param>
    /// <param name="length">How many bytes are wanted; a server that does not serve parts sends all that follow.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The number of bytes; 0 when the file ends before the offset.</returns>
    /// <exception cref="DatastoreFileException">The file is not there, or the server refused.</exception>
    public Task<long> DownloadPartAsync(string path, long offset, long length, Stream destination, CancellationToken cancellationToken = default) =>
        DownloadAsync(path, new RangeHeaderValue(offset, offset + length - 1), offset, destination, progress: null, cancellationToken);

    private async Task<long> DownloadAsync(
        string path, RangeHeaderValue? range, long offset, Stream destination, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Request(HttpMethod.Get, path);
        message.Headers.Range = range;

        try
        {
            using HttpResponseMessage response = await SendAsync(message, "The download", path, cancellationToken).ConfigureAwait(false);
            using CancellationTokenRegistration abort = cancellationToken.Register(response.Dispose);
            using Stream content = await ResponseBody.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.PartialContent)
            {
                // A server may send the whole file all the same.
                await StreamCopy.SkipAsync(content, offset, BlockSize, cancellationToken).ConfigureAwait(false);
            }

            return await StreamCopy.CopyAsync(content, destination, BlockSize, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (DatastoreFileException e) when (range is not null && e.StatusCode == (int)HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or ObjectDisposedException && !cancellationToken.IsCancellationRequested)
        {
            throw new VimConnectionException(client.Server, $"The download of [{Datastore}] {path} broke off: {e.Message}", e);
        }
    }

    /// <summary>A file's size in bytes, or null when it is not there.</summary>
    public async Task<long?> GetSizeAsync(string path, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage message = Request(HttpMethod.Head, path);
        try
        {
            using HttpResponseMessage response = await SendAsync(message, "The look-up", path, cancellationToken).ConfigureAwait(false);
            return response.Content.Headers.ContentLength ?? 0;
        }
        catch (DatastoreFileException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Is the file there?</summary>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        await GetSizeAsync(path, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Deletes a file.</summary>
    /// <returns>False when it was not there.</returns>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage message = Request(HttpMethod.Delete, path);
        try
        {
            using HttpResponseMessage response = await SendAsync(message, "The deletion", path, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatastoreFileException e) when (e.IsNotFound)
        {
            return false;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        string[] steps = path.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        if (steps.Length == 0 || steps.Contains("..") || steps.Contains("."))
        {
            throw new ArgumentException($"'{path}' is no path of a file on a datastore.", nameof(path));
        }

        string escaped = string.Join("/", steps.Select(Uri.EscapeDataString));
        string query = $"dcPath={Uri.EscapeDataString(datacenterPath)}&dsName={Uri.EscapeDataString(Datastore)}";
        var message = new HttpRequestMessage(method, new Uri(client.Server, $"/folder/{escaped}?{query}"));
        client.Channel.Authorize(message);
        return message;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, string operation, string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response =
            await client.Channel.Transport.SendAsync(message, $"{operation} of [{Datastore}] {path}", cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        HttpStatusCode status = response.StatusCode;
        response.Dispose();
        throw new DatastoreFileException(operation, Datastore, path, (int)status);
    }
}

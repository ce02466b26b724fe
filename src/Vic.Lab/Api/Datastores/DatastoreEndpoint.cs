using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Vic.Lab.Api.Sessions;
using Vic.Lab.Authorization;
using Vic.Lab.Disks;
using Vic.Lab.Inventory;
using Vic.Lab.Operations.Storage;
using Vic.Lab.Operations.VirtualMachines;
using Vic.Vim25;

namespace Vic.Lab.Api.Datastores;

/// <summary>
/// Serves <c>/folder/&lt;path&gt;?dcPath=&amp;dsName=</c>: files of datastores over HTTP, as the vSphere Web Services SDK Programming Guide
/// describes ("Accessing Files on Datastores"). A caller shows a session's cookie, a ticket for this one request, or name and password.
/// </summary>
internal sealed class DatastoreEndpoint(LabWorld world)
{
    private readonly DatastoreFileLocks locks = new(world);

    private const string TicketCookie = "vmware_cgi_ticket";
    private const int CopyBuffer = 1 << 17;

    public async Task HandleAsync(HttpContext context)
    {
        if (Authenticate(context) is not { } user)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"VMware HTTP server\"";
            return;
        }

        try
        {
            var path = Resolve(context);
            var (datastore, _, file) = world.Locate(path.ToString());
            if (!IsAllowed(user, context.Request.Method, datastore))
            {
                await Status(context, HttpStatusCode.Forbidden).ConfigureAwait(false);
                return;
            }

            await (context.Request.Method switch
            {
                "GET" or "HEAD" => ReadAsync(context, path, file),
                "PUT" => WriteAsync(context, file),
                "DELETE" => DeleteAsync(context, file),
                _ => Status(context, HttpStatusCode.MethodNotAllowed),
            }).ConfigureAwait(false);
        }
        catch (VimFaultException fault) when (fault.Fault is FileLocked)
        {
            await Status(context, HttpStatusCode.Locked).ConfigureAwait(false);
        }
        catch (VimFaultException)
        {
            await Status(context, HttpStatusCode.NotFound).ConfigureAwait(false);
        }
        catch (IOException full) when (
            (full is DatastoreFullException || (full.HResult & 0xFFFF) == FaultTranslation.DiskFull) && !context.Response.HasStarted)
        {
            await Status(context, HttpStatusCode.InsufficientStorage).ConfigureAwait(false);
        }
        catch (WriteCutException)
        {
            await Status(context, HttpStatusCode.InternalServerError).ConfigureAwait(false);
        }
    }

    /// <summary>Who asks; null for somebody unknown.</summary>
    private UserAccount? Authenticate(HttpContext context)
    {
        if (SessionCookie.Find(context, world.Sessions) is { } session)
        {
            session.BeginCall(DateTimeOffset.UtcNow);
            context.Response.OnCompleted(() =>
            {
                session.EndCall(DateTimeOffset.UtcNow);
                return Task.CompletedTask;
            });
            return session.Account;
        }

        return context.Request.Cookies[TicketCookie] is { Length: > 0 and < 256 } ticket
            ? world.Tickets.RedeemService(
                Uri.UnescapeDataString(ticket).Trim('"'), context.Request.Method, context.Request.GetEncodedPathAndQuery())
            : AuthenticateBasic(context.Request.Headers.Authorization);
    }

    private UserAccount? AuthenticateBasic(StringValues header)
        => header is [var text] && BasicCredentials.Parse(text) is { } credentials
            ? world.Accounts.Authenticate(credentials.Name, credentials.Password)
            : null;

    /// <summary>Files are read by whoever may browse the datastore, and changed by whoever may work on its files.</summary>
    private bool IsAllowed(UserAccount user, string method, DatastoreEntity datastore)
    {
        lock (world.Store.Gate)
        {
            return world.Access.Has(user, datastore, method is "GET" or "HEAD" ? "Datastore.Browse" : "Datastore.FileManagement");
        }
    }

    private DatastorePath Resolve(HttpContext context)
    {
        var query = context.Request.Query;
        var name = query["dsName"].ToString();
        var datacenter = query["dcPath"].ToString();
        var relative = context.Request.Path.Value!["/folder".Length..];
        if (!DatastorePath.TryNormalize(relative, out var normal) || name.Length == 0)
        {
            throw Faults.InvalidDatastorePath($"[{name}] {relative}");
        }

        lock (world.Store.Gate)
        {
            if (datacenter.Length > 0 && datacenter.Trim('/') != world.Datacenter.Name)
            {
                throw Faults.NotFound($"The datacenter '{datacenter}'");
            }
        }

        return new DatastorePath(name, normal);
    }

    private async Task ReadAsync(HttpContext context, DatastorePath path, string file)
    {
        await VmxFiles.RefreshAsync(world, path, context.RequestAborted).ConfigureAwait(false);
        if (!File.Exists(file))
        {
            await Status(context, HttpStatusCode.NotFound).ConfigureAwait(false);
            return;
        }

        // Results of the framework know ranges, HEAD and conditional requests.
        var result = Results.Stream(
            new FileAsItWas(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, CopyBuffer, useAsync: true)),
            "application/octet-stream",
            lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero),
            enableRangeProcessing: true);
        context.Response.Headers[HeaderNames.AcceptRanges] = "bytes";
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    /// <summary>Writes under another name first, so that a broken upload leaves what was there before.</summary>
    private async Task WriteAsync(HttpContext context, string file)
    {
        var directory = Path.GetDirectoryName(file)!;
        if (Directory.Exists(file) || !Directory.Exists(directory))
        {
            await Status(context, Directory.Exists(file) ? HttpStatusCode.Conflict : HttpStatusCode.NotFound).ConfigureAwait(false);
            return;
        }

        locks.RequireFree(file);
        var temporary = Path.Combine(directory, $".{Guid.NewGuid():N}.upload");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBuffer, useAsync: true))
            {
                await context.Request.Body.CopyToAsync(world.Space.Bound(file, stream), CopyBuffer, context.RequestAborted).ConfigureAwait(false);
                await stream.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            var existed = File.Exists(file);
            File.Move(temporary, file, overwrite: true);
            world.Platform.Disks.NoteChange(file);
            world.RefreshSpace();
            await Status(context, existed ? HttpStatusCode.OK : HttpStatusCode.Created).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private Task DeleteAsync(HttpContext context, string file)
    {
        if (!File.Exists(file))
        {
            return Status(context, HttpStatusCode.NotFound);
        }

        locks.RequireFree(file);
        File.Delete(file);
        world.RefreshSpace();
        return Status(context, HttpStatusCode.NoContent);
    }

    private static Task Status(HttpContext context, HttpStatusCode status)
    {
        context.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    }
}

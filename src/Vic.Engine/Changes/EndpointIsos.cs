using Vic.Engine.Deployment;
using Vic.Engine.Images;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Puts ISOs beside those that a VCH has. No file is overwritten: containers that run, and roll-back points, go on using the earlier ones.</summary>
internal sealed class EndpointIsos(VimClient client, PresentVch vch, IProgress<StepProgress> progress)
{
    private readonly DatastoreFiles _files = new(client, vch.DatacenterPath, vch.Home.Datastore);

    /// <returns>The datastore path.</returns>
    public async Task<string> UploadAsync(IsoImage iso, string name, CompensationStack undo, CancellationToken cancellationToken)
    {
        var step = $"Uploading {name}";
        progress.Report(new(step, 0));
        var file = await FreeNameAsync(name, cancellationToken).ConfigureAwait(false);
        var path = $"{vch.Home.Name}/{file}";
        undo.Push($"the file '{vch.Home.File(file)}'", token => _files.DeleteAsync(path, token));
        using var content = new FileStream(iso.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        await _files.UploadAsync(path, content, content.Length, new UploadProgress(progress, step, content.Length), cancellationToken).ConfigureAwait(false);
        return vch.Home.File(file);
    }

    private async Task<string> FreeNameAsync(string name, CancellationToken cancellationToken)
    {
        var file = $"{ProductVersion.Current}-{name}";
        for (var number = 2; await _files.ExistsAsync($"{vch.Home.Name}/{file}", cancellationToken).ConfigureAwait(false); number++)
        {
            file = FormattableString.Invariant($"{ProductVersion.Current}-{number}-{name}");
        }

        return file;
    }
}

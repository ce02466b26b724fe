using Vic.Endpoint.Images.Layers;
using Vic.Testing.Processes;

namespace Vic.Endpoint.Tests.Images;

/// <summary>Layers as plain directories, each a copy of its parent: the rules of the store without a hypervisor.</summary>
internal sealed class DirectoryLayerDisks(string root) : ILayerDisks
{
    public List<string> Written { get; } = [];

    public IEnumerable<string> Present => Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!).Order();

    public Task<IReadOnlyCollection<string>> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(root);
        return Task.FromResult<IReadOnlyCollection<string>>([.. Present]);
    }

    public string PathOf(string? layer) => $"[test] {layer ?? "scratch"}";

    public string DirectoryOf(string layer) => Path.Combine(root, layer);

    public async Task<long> AddAsync(string layer, string? parent, Func<string, CancellationToken, Task<long>> fill, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(DirectoryOf(layer)).FullName;
        try
        {
            if (parent is not null)
            {
                (await new Command("cp", "-a", DirectoryOf(parent) + "/.", directory).RunAsync(cancellationToken)).EnsureSuccess();
            }

            var size = await fill(directory, cancellationToken);
            lock (Written)
            {
                Written.Add(layer);
            }

            return size;
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    public Task RemoveAsync(string layer, CancellationToken cancellationToken)
    {
        Directory.Delete(DirectoryOf(layer), recursive: true);
        return Task.CompletedTask;
    }
}

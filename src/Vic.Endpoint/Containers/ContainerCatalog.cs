using Vic.Endpoint.Containers.Names;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Images;

namespace Vic.Endpoint.Containers;

/// <summary>The containers of the VCH by id and by name; names are reserved before a VM exists.</summary>
/// <param name="limit">How many containers there may be; 0 = any number.</param>
public sealed class ContainerCatalog(int limit = 0) : IImageUsage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Container> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idByName = new(StringComparer.Ordinal);

    /// <summary>Every container, the youngest first.</summary>
    public IReadOnlyList<Container> All()
    {
        lock (_gate)
        {
            return [.. _byId.Values.OrderByDescending(container => container.Record.Created)];
        }
    }

    /// <summary>Reserves a name for an id; an empty one is replaced by a generated one.</summary>
    public string ReserveName(string name, string id)
    {
        if (name.Length > 0)
        {
            ContainerNames.Validate(name);
        }

        lock (_gate)
        {
            RefuseAboveLimit(id);
            name = name.Length > 0 ? name : ContainerNames.Generate(_idByName.ContainsKey);
            if (!_idByName.TryAdd(name, id))
            {
                throw EngineException.Conflict(
                    $"Conflict. The container name \"/{name}\" is already in use by container \"{_idByName[name]}\". "
                    + "You have to remove (or rename) that container to be able to reuse that name.");
            }

            return name;
        }
    }

    /// <summary>Gives a name back.</summary>
    public void ReleaseName(string name)
    {
        lock (_gate)
        {
            _idByName.Remove(name);
        }
    }

    /// <summary>Adds a container whose name is reserved, or, after a restart, reserves it.</summary>
    public void Add(Container container)
    {
        lock (_gate)
        {
            _byId[container.Id] = container;
            _idByName[container.Record.Name] = container.Id;
        }
    }

    /// <summary>Takes a container out and gives its name back.</summary>
    public void Remove(Container container)
    {
        lock (_gate)
        {
            _byId.Remove(container.Id);
            _idByName.Remove(container.Record.Name);
        }
    }

    /// <summary>Finds a container by full id, name, or the beginning of its id, in docker's order.</summary>
    public Container Find(string text)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(text, out var exact))
            {
                return exact;
            }

            var name = text.StartsWith('/') ? text[1..] : text;
            if (_idByName.TryGetValue(name, out var id) && _byId.TryGetValue(id, out var named))
            {
                return named;
            }

            var found = text.Length == 0 ? [] : _byId.Where(entry => entry.Key.StartsWith(text, StringComparison.Ordinal)).Take(2).ToList();
            return found.Count switch
            {
                1 => found[0].Value,
                > 1 => throw EngineException.InvalidParameter($"multiple IDs found with provided prefix: {text}"),
                _ => throw EngineException.NotFound($"No such container: {text}"),
            };
        }
    }

    // A container that gets another name has two for a moment.
    private void RefuseAboveLimit(string id)
    {
        if (limit > 0 && !_idByName.ContainsValue(id) && _idByName.Values.Distinct(StringComparer.Ordinal).Count() >= limit)
        {
            throw EngineException.Conflict($"This virtual container host may have {limit} container{(limit == 1 ? "" : "s")}, and has them. Remove one, or have the limit raised.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImageUser> UsersOf(string imageId) =>
        [.. All().Where(container => container.Record.ImageId == imageId)
            .Select(container => new ImageUser(container.Id, container.Record.Config.Image, container.State.IsRunning))];
}

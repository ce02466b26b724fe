namespace Vic.Lab.Machines.Sockets;

/// <summary>
/// Where the sockets of a lab live. The address of a unix socket holds some hundred bytes (unix(7)), so a long state directory is reached through a
/// symbolic link with a short name.
/// </summary>
internal sealed class SocketDirectory : IDisposable
{
    private const int LongestDirectory = 48;
    private const string Machines = "vms";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string? _linkParent;
    private readonly string _root;

    public SocketDirectory(string stateDirectory)
    {
        var full = Path.GetFullPath(stateDirectory);
        Directory.CreateDirectory(Path.Combine(full, Machines));
        if (full.Length <= LongestDirectory)
        {
            _root = full;
            return;
        }

        _linkParent = Directory.CreateTempSubdirectory("vic-").FullName;
        _root = Path.Combine(_linkParent, "s");
        Directory.CreateSymbolicLink(_root, full);
    }

    /// <summary>The directory of one machine's sockets, created for its owner alone.</summary>
    public string ForMachine(string machineId) => Create(Path.Combine(_root, Machines, machineId));

    /// <summary>Removes the directory of a machine that is no more.</summary>
    public void Forget(string machineId)
    {
        var path = Path.Combine(_root, Machines, machineId);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>The directory of the networks' sockets.</summary>
    public string ForNetworks() => Create(Path.Combine(_root, "networks"));

    public void Dispose()
    {
        if (_linkParent is not null)
        {
            File.Delete(_root);
            Directory.Delete(_linkParent);
        }
    }

    private static string Create(string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        return path;
    }
}

using Vic.Testing.Processes;

namespace Vic.Testing.Files;

/// <summary>What is in a folder, one line a file: kind, mode, owner, link target, content, attributes and which names share a file.</summary>
public static class TreeListing
{
    // Python's own calls, so that nothing of the product describes what the product made.
    private const string Script = """
        import hashlib, os, stat, sys
        root = os.fsencode(sys.argv[1])
        times = sys.argv[2] == "times"
        first = {}
        def show(path, name):
            s = os.lstat(path)
            k = stat.S_IFMT(s.st_mode)
            facts = [name.decode(errors="backslashreplace"), stat.filemode(s.st_mode), s.st_uid, s.st_gid]
            if k == stat.S_IFREG: facts.append(hashlib.sha256(open(path, "rb").read()).hexdigest()[:16])
            if k == stat.S_IFLNK: facts.append(os.readlink(path))
            if k in (stat.S_IFCHR, stat.S_IFBLK): facts.append((os.major(s.st_rdev), os.minor(s.st_rdev)))
            if k != stat.S_IFDIR: facts.append(("same as", first.setdefault(s.st_ino, name)))
            if times: facts.append(int(s.st_mtime))
            facts.append(sorted((a, os.getxattr(path, a, follow_symlinks=False)) for a in os.listxattr(path, follow_symlinks=False)))
            print(*facts)
        for folder, folders, files in os.walk(root):
            folders.sort()
            for n in sorted(folders + files):
                p = os.path.join(folder, n)
                show(p, os.path.relpath(p, root))
        """;

    public static async Task<string> OfAsync(string folder, CancellationToken cancellationToken, bool withTimes = false)
    {
        var result = await new Command("/usr/bin/python3", "-c", Script, folder, withTimes ? "times" : "").RunAsync(cancellationToken);
        return result.EnsureSuccess().Output;
    }
}

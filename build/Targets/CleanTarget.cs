namespace Vic.Build.Targets;

internal static class CleanTarget
{
    public static Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        foreach (var entry in Entries(context).Append(Path.Combine(context.Root, "en-US")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
        }

        return Task.FromResult(0);
    }

    // The running build program cannot remove its own folder.
    private static IEnumerable<string> Entries(BuildContext context) =>
        from folder in new[] { context.Artifacts, Path.Combine(context.Artifacts, "bin"), Path.Combine(context.Artifacts, "obj") }
        where Directory.Exists(folder)
        from entry in Directory.EnumerateDirectories(folder)
        let name = Path.GetFileName(entry)
        where name is not ("bin" or "obj" or "Vic.Build")
        select entry;
}

namespace Vic.Build.Targets;

/// <summary>Runs the quick start as a newcomer would, in the shell that comes with the repository.</summary>
internal static class DemoTarget
{
    public static Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken) =>
        context.Tools.RunAsync(
            new(
                "dotnet", Path.Combine(context.Shell, "Vic.Shell.dll"), "-File",
                Path.Combine(context.Root, "examples", "quickstart.ps1")),
            cancellationToken);
}

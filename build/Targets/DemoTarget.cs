using Vic.Build.Demo;

namespace Vic.Build.Targets;

/// <summary>Runs the quick start as a newcomer would, in the shell that comes with the repository.</summary>
internal static class DemoTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        BuildContext.Say("starting a registry that stands for Docker Hub");
        await using var registry = await DemoRegistry.StartAsync(context, cancellationToken);
        return await context.Tools.RunAsync(
            new(
                "dotnet", Path.Combine(context.Shell, "Vic.Shell.dll"), "-File",
                Path.Combine(context.Root, "examples", "quickstart.ps1"), "-RegistryPort", $"{registry.Port}"),
            cancellationToken);
    }
}

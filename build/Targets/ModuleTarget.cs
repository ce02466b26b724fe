using Vic.Build.Help;

namespace Vic.Build.Targets;

/// <summary>Stages what a user installs: the module for both editions, and beside it the lab and the shell.</summary>
internal static class ModuleTarget
{
    private const string DesktopFramework = "netstandard2.0";
    private const string CoreFramework = "net8.0";

    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        BuildContext.Say("staging the module");
        await PublishAsync(context, "Vic.PowerShell", DesktopFramework, Path.Combine(context.Module, "bin", "desktop"), cancellationToken);
        await PublishAsync(context, "Vic.PowerShell", CoreFramework, Path.Combine(context.Module, "bin", "core"), cancellationToken);
        await PublishAsync(context, "Vic.Lab", framework: null, context.Lab, cancellationToken);
        await PublishAsync(context, "Vic.Shell", framework: null, context.Shell, cancellationToken);
        CopyTree(Path.Combine(context.Root, "module"), Path.Combine(context.Module, "module"));
        new HelpFolder(context.Root).WriteHelpFiles(context.Module);
        File.Copy(Path.Combine(context.Root, "VIC.psd1"), Path.Combine(context.Module, "VIC.psd1"), overwrite: true);
        return 0;
    }

    private static Task PublishAsync(
        BuildContext context, string project, string? framework, string folder, CancellationToken cancellationToken)
    {
        string[] target = framework is null ? [] : ["-f", framework];
        return context.Tools.RequireAsync(
            new(
                "dotnet",
                ["publish", Path.Combine(context.Root, "src", project), "-c", BuildContext.Configuration, .. target,
                    "--no-build", "--nologo", "-v", "quiet", "-o", folder]),
            cancellationToken);
    }

    private static void CopyTree(string source, string destination)
    {
        if (!Directory.Exists(source))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(destination, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}

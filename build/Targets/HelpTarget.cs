using System.Globalization;
using Vic.Build.Execution;
using Vic.Build.Help;

namespace Vic.Build.Targets;

/// <summary>
/// Brings the pages of docs/help up to the compiled module, a page for each new cmdlet included, and makes the module's help of them.
/// <c>--address https://...</c> notes where the pages are published, for <c>Get-Help -Online</c>.
/// </summary>
internal static class HelpTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var address = Address(context.Options);
        await context.Tools.RequireAsync(
            new("dotnet", "build", Path.Combine(context.Root, "src", "Vic.PowerShell"), "-c", BuildContext.Configuration, "-f", "net8.0", "--nologo", "-v", "quiet"),
            cancellationToken);
        var folder = new HelpFolder(context.Root);
        var module = ModuleInspector.Inspect(Path.Combine(context.Root, "VIC.psd1"));
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var command in module.Commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = folder.PathOf(command.Name);
            var page = File.Exists(path) ? HelpPageFormat.Read(path).With(command) : HelpPage.New(command, today);
            Update(path, HelpPageFormat.Write(address is null ? page : page with { HelpUri = $"{address}/{command.Name}.md" }));
        }

        foreach (var orphan in folder.Commands().Except(module.Commands.Select(command => command.Name)))
        {
            BuildContext.Say($"the module has no {orphan}: deleting its page");
            File.Delete(folder.PathOf(orphan));
        }

        var pages = folder.Pages();
        Update(folder.ModulePagePath, File.Exists(folder.ModulePagePath)
            ? ModulePage.Refresh(folder.ModulePagePath, module, pages)
            : ModulePage.Write(module, today.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), HelpPage.ToBeWritten, pages));
        folder.WriteHelpFiles(context.Root);
        return 0;
    }

    private static string? Address(IReadOnlyList<string> options) => options switch
    {
        [] => null,
        ["--address", var address] when address.StartsWith("https://", StringComparison.Ordinal) => address.TrimEnd('/'),
        _ => throw new BuildFailedException("usage: help [--address https://...]"),
    };

    private static void Update(string path, string content)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != content)
        {
            File.WriteAllText(path, content);
            BuildContext.Say($"updated {path}");
        }
    }
}

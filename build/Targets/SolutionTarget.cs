using Vic.Build.Help;

namespace Vic.Build.Targets;

internal static class SolutionTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        BuildContext.Say("compiling the solution");
        await context.Tools.RequireAsync(
            new("dotnet", "build", context.Solution, "-c", BuildContext.Configuration, "--nologo", "-v", "quiet"),
            cancellationToken);
        new HelpFolder(context.Root).WriteHelpFiles(context.Root);
        return 0;
    }
}

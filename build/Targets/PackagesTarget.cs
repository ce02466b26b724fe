using Vic.Build.Prerequisites;

namespace Vic.Build.Targets;

internal static class PackagesTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await new DebianPackageInstaller(context.Tools).EnsureAsync(DebianPackages.All, cancellationToken);
        return 0;
    }
}

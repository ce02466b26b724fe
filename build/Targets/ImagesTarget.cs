using Vic.Build.Execution;
using Vic.Build.Images;

namespace Vic.Build.Targets;

internal static class ImagesTarget
{
    public static async Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new BuildFailedException("the ISOs are made from Debian packages with Debian's tools: run this on Linux");
        await new ImageTarget(context).RunAsync(cancellationToken);
        return 0;
    }
}

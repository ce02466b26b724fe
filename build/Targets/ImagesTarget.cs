using Vic.Build.Execution;

namespace Vic.Build.Targets;

internal static class ImagesTarget
{
    public static Task<int> RunAsync(BuildContext context, CancellationToken cancellationToken) =>
        throw new BuildFailedException("the ISO recipes are not here yet");
}

using Vic.Guest.Processes;

namespace Vic.Tether;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [ProcessStage.Argument])
            return ProcessStage.Run();
        if (Environment.ProcessId != 1)
            return 2;
        await FirstProcess.RunAsync().ConfigureAwait(false);
        return 0;
    }
}

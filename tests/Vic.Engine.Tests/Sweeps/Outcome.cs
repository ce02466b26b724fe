using Vic.Vim25;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>How a flow ended: with a result, or with an error that a cmdlet can explain. Any other exception is a defect and is not caught.</summary>
internal sealed record Outcome<T>(T? Result, Exception? Failure)
{
    public static async Task<Outcome<T>> OfAsync(Func<Task<T>> flow)
    {
        try
        {
            return new(await flow(), null);
        }
        catch (Exception exception) when (exception is VimException or VicException or OperationCanceledException)
        {
            return new(default, exception);
        }
    }
}

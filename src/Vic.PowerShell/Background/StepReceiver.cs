using Vic.Engine;

namespace Vic.PowerShell.Background;

/// <summary>Hands steps on where they are reported; <see cref="Progress{T}"/> would do it later, and out of order.</summary>
internal sealed class StepReceiver(Action<StepProgress> receive) : IProgress<StepProgress>
{
    public void Report(StepProgress value) => receive(value);
}

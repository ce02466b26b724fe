using System.Globalization;
using System.Management.Automation.Host;
using System.Reflection;

namespace Vic.Shell.Hosting;

/// <summary>The engine's view of this program.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _ui = new();

    /// <summary>What <c>exit</c> was called with; null while nobody called it.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Vic.Shell";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version ?? new Version(0, 0);

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    public override void NotifyBeginApplication() => _ui.ClearProgress();

    public override void NotifyEndApplication()
    {
    }

    public void ClearProgress() => _ui.ClearProgress();
}

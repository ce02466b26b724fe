using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Hosting;

/// <summary>
/// A runspace of the real engine in this process, with the module as the clone's manifest loads it: a test can stop its pipelines, hold the calls of a lab in the
/// same process, and hand it objects.
/// </summary>
internal sealed class ModuleRunspace : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleRunspace()
    {
        // Nobody's known servers but these tests'.
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", SettingsFolder.Path);
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Watch-Stop", typeof(WatchStopCommand), helpFileName: null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Set("manifest", Repository.PathOf("VIC.psd1"));
        Run("Import-Module $manifest").AssertSucceeded();
    }

    /// <summary>Where the user's settings are kept while these tests run.</summary>
    public static TemporaryFolder SettingsFolder { get; } = new();

    /// <summary>Sets a global variable.</summary>
    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable($"global:{variable}", value);

    /// <summary>A pipeline that is yet to run.</summary>
    public System.Management.Automation.PowerShell Prepare(string script)
    {
        var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }

    /// <summary>Runs a script to its end.</summary>
    public ScriptResult Run(string script)
    {
        using var shell = Prepare(script);
        ErrorRecord? fatal = null;
        PSObject[] output = [];
        try
        {
            output = [.. shell.Invoke()];
        }
        catch (RuntimeException exception)
        {
            fatal = exception.ErrorRecord;
        }

        ErrorRecord[] errors = fatal is null ? [.. shell.Streams.Error] : [.. shell.Streams.Error, fatal];
        return new ScriptResult(output, errors, fatal, [.. shell.Streams.Warning.Select(record => record.Message)]);
    }

    public void Dispose() => _runspace.Dispose();
}

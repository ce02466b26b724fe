using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Vic.Shell.Commands;
using Vic.Shell.Hosting;

namespace Vic.Shell;

/// <summary>One PowerShell runspace on the console, with the exit codes of <c>pwsh</c>.</summary>
internal sealed class ShellSession : IDisposable
{
    private const int Failure = 1;
    private const int Interrupted = 130;
    private const string ScriptVariable = "VicShellScript";
    private const string OutcomeVariable = "VicShellSucceeded";

    private readonly Lock _lock = new();
    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;
    private PowerShell? _running;
    private bool _stopped;

    public ShellSession()
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in StandIns.Cmdlets)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();

        // Class definitions, event actions and completion look for the runspace of the thread.
        Runspace.DefaultRunspace = _runspace;
    }

    /// <summary>Runs a script file in the global scope, as <c>pwsh -File</c> does.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        var fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            Console.Error.WriteLine($"The script '{path}' is not there.");
            return 64;
        }

        // A script block, not the file's name: an exit inside a called file would end only that file, and its code could not be
        // told from the one that the last native command left. The parser gives the block its file, so $PSScriptRoot is right.
        var tree = Parser.ParseFile(fullPath, out _, out var problems);
        if (problems.Length > 0)
        {
            foreach (var problem in problems)
            {
                Console.Error.WriteLine($"{fullPath}:{problem.Extent.StartLineNumber}: {problem.Message}");
            }

            return Failure;
        }

        _runspace.SessionStateProxy.SetVariable(ScriptVariable, tree.GetScriptBlock());
        return Run($". ${ScriptVariable} {string.Join(' ', arguments.Select(AsArgument))}") switch
        {
            _ when _stopped => Interrupted,
            _ when _host.ExitCode is { } code => code,
            false => Failure,
            true => 0,
        };
    }

    /// <summary>Runs a text, as <c>pwsh -Command</c> does: fails when its last statement failed.</summary>
    public int RunCommand(string text) => Run($"{text}\n$global:{OutcomeVariable} = $?") switch
    {
        _ when _stopped => Interrupted,
        _ when _host.ExitCode is { } code => code,
        true when _runspace.SessionStateProxy.GetVariable(OutcomeVariable) is true => 0,
        _ => Failure,
    };

    /// <summary>Reads and runs lines until <c>exit</c> or the end of input.</summary>
    public int RunPrompt()
    {
        while (_host.ExitCode is null && ReadStatement() is { } text)
        {
            Run(text);
            _stopped = false;
        }

        return _host.ExitCode ?? 0;
    }

    /// <summary>Stops what runs now.</summary>
    /// <returns>False when nothing runs.</returns>
    public bool Stop()
    {
        lock (_lock)
        {
            if (_running is null)
            {
                return false;
            }

            _stopped = true;
            _running.BeginStop(callback: null, state: null);
            return true;
        }
    }

    public void Dispose() => _runspace.Dispose();

    /// <returns>False when an error ended it.</returns>
    private bool Run(string text)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(text);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        lock (_lock)
        {
            _running = shell;
        }

        try
        {
            using var screen = new Screen();
            shell.Invoke(input: null, screen.Output);
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            Show(exception.ErrorRecord);
            return false;
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }

            _host.ClearProgress();
        }
    }

    /// <summary>Shows the error that ended a script as the formatter shows the others; it would take this one for output.</summary>
    private void Show(ErrorRecord record)
    {
        var command = record.InvocationInfo?.MyCommand?.Name;
        var message = record.ErrorDetails?.Message ?? record.Exception.Message;
        _host.UI.WriteErrorLine(string.IsNullOrEmpty(command) ? message : $"{command}: {message}");
        if (record.InvocationInfo?.PositionMessage is { } position && !string.IsNullOrWhiteSpace(position))
        {
            _host.UI.WriteErrorLine(position);
        }

        if (record.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
        {
            _host.UI.WriteErrorLine($"  Recommendation: {action}");
        }
    }

    private static string? ReadStatement()
    {
        Console.Write("VIC> ");
        var text = Console.ReadLine();
        while (text is not null)
        {
            Parser.ParseInput(text, out _, out var problems);
            if (!problems.Any(problem => problem.IncompleteInput))
            {
                break;
            }

            Console.Write(">> ");
            text = Console.ReadLine() is { } more ? $"{text}\n{more}" : null;
        }

        return text;
    }

    private static string AsArgument(string argument)
    {
        if (argument.Length > 1 && argument[0] == '-' && char.IsLetter(argument[1]))
        {
            // A parameter's name, with or without a value after a colon.
            var colon = argument.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? argument
                : argument[(colon + 1)..] is "$true" or "$false" ? argument
                : $"{argument[..(colon + 1)]}{Quote(argument[(colon + 1)..])}";
        }

        return Quote(argument);
    }

    private static string Quote(string text) =>
        string.Create(CultureInfo.InvariantCulture, $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'");
}

using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Vic.Build.Help;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.PowerShell.Tests.Help;

/// <summary>The module that a user gets, imported into a real engine, and the help that is written for it.</summary>
public sealed class CompiledModule : IDisposable
{
    private readonly Runspace _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public CompiledModule()
    {
        Facts = ModuleInspector.Inspect(ModuleShell.ModuleManifest);
        _runspace.Open();
        Run("Import-Module", ("Name", ModuleShell.ModuleManifest));
    }

    /// <summary>The cmdlets that have a page.</summary>
    public static TheoryData<string> Pages { get; } = [.. Folder.Commands()];

    internal static HelpFolder Folder => new(Repository.Root);

    internal ModuleFacts Facts { get; }

    internal CommandFacts Command(string name) => Facts.Commands.Single(command => command.Name == name);

    public IReadOnlyList<PSObject> Run(string command, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddCommand(command).AddParameter("ErrorAction", "Stop");
        foreach (var (name, value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return shell.Invoke();
    }

    public void Dispose() => _runspace.Dispose();
}

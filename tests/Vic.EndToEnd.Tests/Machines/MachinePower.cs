using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Labs;
using Vic.Testing.Processes;

namespace Vic.EndToEnd.Tests.Machines;

/// <summary>What an administrator does to machines in the vSphere Client, by somebody else's client.</summary>
internal static class MachinePower
{
    /// <param name="lab">The lab.</param>
    /// <param name="operation">The name of the method in pyvmomi.</param>
    /// <param name="name">A part of the machine's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The power state afterwards, on a line.</returns>
    public static async Task<string> ChangeAsync(LabFacts lab, string operation, string name, CancellationToken cancellationToken)
    {
        var script = new Command("/usr/bin/python3", Repository.PathOf("tests/Vic.EndToEnd.Tests/Strangers/power.py"), operation, name)
        {
            Environment = lab.Credentials(),
        };
        return (await script.RunAsync(cancellationToken)).EnsureSuccess().Output;
    }
}

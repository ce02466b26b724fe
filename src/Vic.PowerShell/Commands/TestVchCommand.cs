using System.Management.Automation;
using Vic.Engine.Deployment;
using Vic.PowerShell.Commands.Requests;
using Vic.PowerShell.Output;

namespace Vic.PowerShell.Commands;

/// <summary>Tells, check by check, whether New-VCH would create a VCH with these parameters. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VCH")]
[OutputType(typeof(VchCheck))]
public sealed class TestVchCommand : VchRequestCmdlet
{
    private protected override void ProcessLocation()
    {
        var server = SelectServer(Location, Datacenter, Datastore);
        var request = ReadRequest(server);
        if (TryRun((progress, cancellationToken) => new VchDeployment(server.Client).TestAsync(request, progress, cancellationToken), VchName, out var checks))
        {
            WriteObject(checks!.Select(check => new VchCheck(VchName, check)), enumerateCollection: true);
        }
    }
}

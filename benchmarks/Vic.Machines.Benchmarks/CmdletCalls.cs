using Vic.Testing.Deployment;
using Vic.Testing.Files;
using Vic.Testing.Shell;

namespace Vic.Machines.Benchmarks;

/// <summary>How often each cmdlet asks vSphere something, at a VCH with a container that runs. The VCH is gone afterwards.</summary>
internal static class CmdletCalls
{
    private const string Container = "counted";

    public static async Task RunAsync(VchDeployment vch, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        (await vch.Docker.RunAsync(cancellationToken, "run", "-d", "--name", Container, "busybox", "sleep", "3600")).EnsureSuccess();
        var script = ModuleShell.Script(
            Repository.PathOf("benchmarks/Vic.Machines.Benchmarks/calls.ps1"),
            vch.Lab.Credentials(),
            "-Module", ModuleShell.ModuleManifest,
            "-Name", VchDeployment.Name,
            "-Location", vch.Lab.ComputeResource,
            "-ContainerName", Container,
            "-CertificatePath", vch.CertificatePath,
            "-Folder", folder.Path);
        Console.WriteLine("round trips of each cmdlet");
        Console.WriteLine((await script.RunAsync(cancellationToken)).EnsureSuccess().Output);
    }
}

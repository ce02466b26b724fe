using Vic.Engine.Tests.Labs;
using Vic.Testing.Files;

namespace Vic.PowerShell.Tests.Hosting;

/// <summary>A VCH that is deployed in a moment: its ISOs are a few sectors long, and nobody waits for its guest.</summary>
internal static class SmallVch
{
    /// <summary>What makes New-VCH take it; a network and a location are still to be given.</summary>
    public const string Options =
        "-NoTls -NoWait -Force -ApplianceIso $iso -BootstrapIso $iso -ImageStore datastore1 -AdvertisedAddress 127.0.0.1:2375 -WarningAction SilentlyContinue";

    /// <summary>All of it but the name.</summary>
    public const string InCluster = "-Location Cluster -BridgeNetwork bridge " + Options;

    private static readonly TemporaryFolder Folder = new();

    /// <summary>Sets the variable that <see cref="Options"/> reads.</summary>
    public static void Prepare(ModuleRunspace runspace) =>
        runspace.Set("iso", TestIso.Write(Folder[$"{Guid.NewGuid():n}.iso"], "0.0.0"));
}

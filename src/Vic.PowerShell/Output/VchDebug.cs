using Vic.Engine.Inspection;

namespace Vic.PowerShell.Output;

/// <summary>How much the endpoint of a VCH logs, and where.</summary>
public sealed class VchDebug
{
    internal VchDebug(VchInfo info)
    {
        VCH = info.Name;
        Level = info.DebugLevel;
        LogFile = info.ConsoleFile;
    }

    /// <summary>The name of the VCH.</summary>
    public string VCH { get; }

    /// <summary>0 for what an administrator needs, 1 for every request as well, 2 and 3 for the server's own steps as well.</summary>
    public int Level { get; }

    /// <summary>Whether more is logged than an administrator needs.</summary>
    public bool Enabled => Level > 0;

    /// <summary>The endpoint's log, as <c>[datastore] folder/file</c>; empty while the VM has no file.</summary>
    public string? LogFile { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{VCH}: debug level {Level}";
}

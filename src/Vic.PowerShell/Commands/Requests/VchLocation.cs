using System.Management.Automation;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>One location that came through the pipeline, and the servers that came with it.</summary>
internal sealed record VchLocation(PSObject? Location, PSObject[] Server);

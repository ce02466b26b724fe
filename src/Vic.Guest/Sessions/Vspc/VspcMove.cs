namespace Vic.Guest.Sessions.Vspc;

/// <summary>A vMotion that was announced and let go ahead.</summary>
/// <param name="Stream">The serial port that moves.</param>
/// <param name="Sequence">What the source host named the vMotion.</param>
/// <param name="Cookie">Sequence and secret, by which the target host proves that it is the machine's.</param>
internal sealed record VspcMove(VspcStream Stream, byte[] Sequence, string Cookie);

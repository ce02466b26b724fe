namespace Vic.Lab.SerialPorts;

/// <summary>What the concentrator says to a vMotion.</summary>
/// <param name="Sequence">The very array that announced it, so that a late answer is not taken for the next vMotion's.</param>
/// <param name="Cookie">Sequence and secret, by which the target host proves itself; empty when the concentrator refused.</param>
internal sealed record MoveAnswer(byte[] Sequence, byte[] Cookie);

namespace Vic.Vim25.Benchmarks;

/// <summary>One run of a client's process.</summary>
/// <param name="Client">Who it was.</param>
/// <param name="Answer">What it printed.</param>
/// <param name="Wall">Seconds from its start to its end.</param>
/// <param name="Cpu">Seconds of processor time, the kernel's part included.</param>
/// <param name="PeakMegabytes">The most memory that it had resident.</param>
internal sealed record Measurement(string Client, string Answer, double Wall, double Cpu, double PeakMegabytes);

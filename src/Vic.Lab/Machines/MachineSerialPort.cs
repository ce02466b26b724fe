namespace Vic.Lab.Machines;

/// <summary>A serial port and what is at its other end.</summary>
/// <param name="Key">The device key.</param>
/// <param name="Backing">The other end, or null for an open wire.</param>
/// <param name="Connected">Whether the wire is plugged in.</param>
public sealed record MachineSerialPort(int Key, SerialPortBacking? Backing, bool Connected);

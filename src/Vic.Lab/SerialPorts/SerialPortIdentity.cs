namespace Vic.Lab.SerialPorts;

/// <summary>How a serial port introduces its virtual machine.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Uuid">The uuid.</param>
internal sealed record SerialPortIdentity(string Name, Guid Uuid);

namespace Vic.Lab.Machines;

/// <summary>A machine, a disk or a network cannot do what it was asked; the message is fit for the user.</summary>
public sealed class MachineException(string message, Exception? innerException = null) : Exception(message, innerException);

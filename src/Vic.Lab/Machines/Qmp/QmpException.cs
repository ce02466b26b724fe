namespace Vic.Lab.Machines.Qmp;

/// <summary>QEMU refused a command, or the connection to it is gone.</summary>
internal sealed class QmpException(string errorClass, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>QEMU's class of the error; <see cref="ConnectionLost"/> when there was no answer.</summary>
    public string ErrorClass { get; } = errorClass;

    /// <summary>The error class of a connection that ended.</summary>
    public const string ConnectionLost = "ConnectionLost";
}

using System.Runtime.InteropServices;

namespace Vic.Guest.Linux;

/// <summary>A system call failed.</summary>
public sealed class LinuxException : IOException
{
    /// <summary>Describes a failure by what was attempted and the error number of the kernel.</summary>
    public LinuxException(string operation, Errno errno)
        : base($"{operation}: {Marshal.GetPInvokeErrorMessage((int)errno)}")
    {
        Errno = errno;
    }

    /// <summary>The kernel's error number.</summary>
    public Errno Errno { get; }

    internal static LinuxException Last(string operation) => new(operation, (Errno)Marshal.GetLastPInvokeError());

    internal static int Check(int result, string operation) => result >= 0 ? result : throw Last(operation);
}

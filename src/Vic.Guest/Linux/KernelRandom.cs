namespace Vic.Guest.Linux;

/// <summary>
/// Random bytes from the kernel (getrandom(2)). The framework's generator needs OpenSSL, which a container's PID 1 does not carry.
/// </summary>
public static unsafe class KernelRandom
{
    private const int GetRandom = 318;

    /// <summary>Fills the buffer.</summary>
    public static void Fill(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            fixed (byte* start = buffer)
            {
                var count = LinuxException.Check((int)Libc.syscall(GetRandom, (nint)start, buffer.Length, 0, 0, 0), "getrandom");
                buffer = buffer[count..];
            }
        }
    }
}

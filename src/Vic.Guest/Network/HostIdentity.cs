using System.Text;
using Vic.Guest.Linux;

namespace Vic.Guest.Network;

/// <summary>The machine's name.</summary>
public static unsafe class HostIdentity
{
    /// <summary>Names the machine (sethostname(2)).</summary>
    public static void SetName(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* start = bytes)
            LinuxException.Check(Libc.sethostname(start, (nuint)bytes.Length), "sethostname");
    }
}

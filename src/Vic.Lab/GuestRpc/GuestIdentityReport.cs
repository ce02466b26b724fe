using System.Globalization;
using System.Net;
using System.Text;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc;

/// <summary>Collects what a guest reports about itself piece by piece (<c>SetGuestInfo</c>), and passes on the whole after each piece.</summary>
internal sealed class GuestIdentityReport(Func<string?> firstMacAddress, Action<GuestIdentity> onReport)
{
    // Kinds of guest information (open-vm-tools, lib/include/guestInfo.h).
    private const int HostNameKind = 1;
    private const int AddressKind = 2;
    private const int NicsKind = 10;
    private string? _hostName;
    private IReadOnlyList<GuestAdapterAddresses> _addresses = [];

    /// <summary>Takes the arguments of <c>SetGuestInfo</c>: the kind as a number, a space, the value. False when they make no sense.</summary>
    public bool Accept(ReadOnlySpan<byte> arguments)
    {
        var rest = arguments.TrimStart((byte)' ');
        var space = rest.IndexOf((byte)' ');
        if (space <= 0 || !int.TryParse(Encoding.ASCII.GetString(rest[..space]), NumberStyles.None, CultureInfo.InvariantCulture, out var kind))
        {
            return false;
        }

        var value = rest[(space + 1)..];
        try
        {
            switch (kind)
            {
                case HostNameKind:
                    _hostName = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
                    break;
                case AddressKind:
                    return AcceptPrimaryAddress(Encoding.ASCII.GetString(value.TrimEnd((byte)0)));
                case NicsKind:
                    _addresses = GuestNicReport.Parse(value);
                    break;
                default:
                    // Memory, disks, uptime: nobody asks for them here.
                    return true;
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        onReport(new GuestIdentity(_hostName, _addresses));
        return true;
    }

    /// <summary>Takes the one address that small tools report; it counts for the first adapter.</summary>
    public bool AcceptPrimaryAddress(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || firstMacAddress() is not { } mac)
        {
            return false;
        }

        _addresses = [new GuestAdapterAddresses(mac, [address.ToString()])];
        onReport(new GuestIdentity(_hostName, _addresses));
        return true;
    }
}

namespace Vic.Configuration;

/// <summary>
/// The text for an empty value: vSphere deletes a key that is set to the empty string, so emptiness needs a word of its own.
/// </summary>
public static class GuestInfoText
{
    /// <summary>Stands for the empty string (vmware/vic, pkg/vsphere/extraconfig/vmomi).</summary>
    public const string Empty = "<nil>";

    /// <summary>The form that is written to the virtual machine.</summary>
    public static string Escape(string value) => value.Length == 0 ? Empty : value;

    /// <summary>The value behind the form that a virtual machine holds.</summary>
    public static string Unescape(string value) => value == Empty ? "" : value;
}

namespace Vic.Configuration;

/// <summary>Who may see and change a key; the scope decides the key's form (vmware/vic, pkg/vsphere/extraconfig/keys.go).</summary>
[Flags]
public enum GuestInfoScope
{
    /// <summary>No scope.</summary>
    None = 0,

    /// <summary>Only the API side sees it; the key has no <c>guestinfo.</c> prefix.</summary>
    Hidden = 1,

    /// <summary>The guest reads it; segments are separated by <c>/</c>.</summary>
    ReadOnly = 2,

    /// <summary>The guest reads and writes it; segments are separated by <c>.</c>.</summary>
    ReadWrite = 4,

    /// <summary>The value is sealed with the virtual machine's secret key; implies read-only.</summary>
    Secret = 8,

    /// <summary>The key vanishes when the virtual machine is powered off; children inherit this.</summary>
    NonPersistent = 16,
}

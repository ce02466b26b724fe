namespace Vic.Lab.Machines;

/// <summary>A disk on a SCSI controller.</summary>
/// <param name="Key">The device key.</param>
/// <param name="BusNumber">The controller's bus number; the controller is paravirtual SCSI.</param>
/// <param name="UnitNumber">The SCSI target.</param>
/// <param name="Path">The .vmdk descriptor.</param>
/// <param name="ReadOnly">Whether nothing may be written: independent non-persistent disks keep their writes to themselves instead.</param>
public sealed record MachineDisk(int Key, int BusNumber, int UnitNumber, string Path, bool ReadOnly);

namespace Vic.Lab.Inventory;

/// <summary>The inventory that a lab shows.</summary>
public enum InventoryModel
{
    /// <summary>One stand-alone ESXi host.</summary>
    Esx,

    /// <summary>A vCenter with one datacenter, a DRS cluster and a distributed switch.</summary>
    VCenter,
}

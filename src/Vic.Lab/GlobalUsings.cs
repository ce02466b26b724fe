// Names that vim25's client proxies have as well: in the lab they mean these.
global using ManagedObject = Vic.Lab.Inventory.ManagedObject;
global using Task = System.Threading.Tasks.Task;

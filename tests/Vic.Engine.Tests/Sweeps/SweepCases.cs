using Vic.Lab.Inventory;

namespace Vic.Engine.Tests.Sweeps;

/// <summary>Each trouble, on each kind of server, with a VCH in a pool and in a vApp.</summary>
public static class SweepCases
{
    private static readonly (InventoryModel Model, bool AsVApp)[] Places = [(InventoryModel.VCenter, false), (InventoryModel.VCenter, true), (InventoryModel.Esx, false)];

    /// <summary>The troubles alone.</summary>
    public static TheoryData<Trouble> Troubles => [.. Enum.GetValues<Trouble>()];

    public static TheoryData<InventoryModel, bool, Trouble> All
    {
        get
        {
            var cases = new TheoryData<InventoryModel, bool, Trouble>();
            foreach (var (model, asVApp) in Places)
            {
                foreach (var trouble in Enum.GetValues<Trouble>())
                {
                    cases.Add(model, asVApp, trouble);
                }
            }

            return cases;
        }
    }
}

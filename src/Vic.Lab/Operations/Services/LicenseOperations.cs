using Vic.Lab.Inventory;
using Vic.Lab.Licensing;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>LicenseManager and LicenseAssignmentManager.</summary>
internal sealed class LicenseOperations
{
    private readonly LabWorld world;
    private readonly LicenseBook licenses;

    public LicenseOperations(LabWorld world)
    {
        this.world = world;
        licenses = new LicenseBook(world);
        lock (world.Store.Gate)
        {
            Publish();
        }
    }

    public void AddTo(OperationTable table)
    {
        table.Add<DecodeLicenseRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return licenses.Show(LicenseEdition.Decode(request.LicenseKey)
                    ?? throw Faults.InvalidArgument("licenseKey", $"'{request.LicenseKey}' is no license key that this server knows."));
            }
        });
        table.Add<QueryAssignedLicensesRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                return licenses.Assignments(request.EntityId);
            }
        });
        table.Add<UpdateAssignedLicenseRequest, ServiceObject>((_, _, request) =>
        {
            lock (world.Store.Gate)
            {
                var assigned = licenses.Assign(request.Entity, request.LicenseKey);
                Publish();
                return assigned;
            }
        });
    }

    private void Publish()
    {
        var manager = world.Get<ServiceObject>(world.Content.LicenseManager!.Value);
        manager.Write("licenses", licenses.InUse());
        manager.Write("licensedEdition", licenses.Edition);
        manager.Write("evaluation", new LicenseManagerEvaluationInfo { Properties = [.. LicenseEdition.Decode(LabLicense.Evaluation.Key)!.Expiry()] });
    }
}

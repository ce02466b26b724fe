using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Licensing;

/// <summary>Which license each licensed entity has: the vCenter by its instance's uuid, hosts by their ids. Used under the store's lock.</summary>
internal sealed class LicenseBook(LabWorld world)
{
    private readonly Dictionary<string, LicenseEdition> assigned = new(StringComparer.Ordinal);
    private readonly LicenseEdition initial = LicenseEdition.Decode(world.Options.License.Key)
        ?? throw new ArgumentException($"The lab knows no license '{world.Options.License.Key}': choose one of {nameof(LabLicense)}.", nameof(world));

    private string VCenterId => world.Content.About.InstanceUuid ?? string.Empty;

    /// <summary>Assigns a license.</summary>
    /// <exception cref="VimFaultException">There is no such entity, or no such license.</exception>
    public LicenseManagerLicenseInfo Assign(string entity, string key)
    {
        Check(entity);
        var edition = LicenseEdition.Decode(key)
            ?? throw Faults.InvalidArgument("licenseKey", $"'{key}' is no license key that this server knows.");
        assigned[entity] = edition;
        return Show(edition);
    }

    /// <summary>The assignments of all entities, or of one.</summary>
    /// <exception cref="VimFaultException">There is no such entity.</exception>
    public List<LicenseAssignmentManagerLicenseAssignment> Assignments(string? entity)
    {
        if (!string.IsNullOrEmpty(entity))
        {
            Check(entity);
        }

        return [.. Entities()
            .Where(known => string.IsNullOrEmpty(entity) || known.Id == entity)
            .Select(known => new LicenseAssignmentManagerLicenseAssignment
            {
                EntityId = known.Id,
                Scope = VCenterId,
                EntityDisplayName = known.Name,
                AssignedLicense = Show(EditionOf(known.Id)),
                Properties = [.. EditionOf(known.Id).Expiry()],
            })];
    }

    /// <summary>The licenses in use.</summary>
    public List<LicenseManagerLicenseInfo> InUse()
        => [.. Entities().Select(known => EditionOf(known.Id)).Append(initial).Distinct().Where(IsUsed).Select(Show)];

    /// <summary>The edition of the service itself.</summary>
    public string Edition => EditionOf(VCenterId).EditionKey;

    /// <summary>A license as the API shows it, with how many processors use it.</summary>
    public LicenseManagerLicenseInfo Show(LicenseEdition edition)
        => edition.ToDataObject(world.Store.OfType<HostEntity>()
            .Where(host => EditionOf(host.Reference.Value) == edition)
            .Sum(host => host.Hardware.NumCpuPkgs));

    private bool IsUsed(LicenseEdition edition) => Entities().Any(known => EditionOf(known.Id) == edition);

    private LicenseEdition EditionOf(string entity) => assigned.GetValueOrDefault(entity, initial);

    private IEnumerable<(string Id, string Name)> Entities()
    {
        if (world.IsVCenter)
        {
            yield return (VCenterId, world.Content.About.Name);
        }

        foreach (var host in world.Store.OfType<HostEntity>())
        {
            yield return (host.Reference.Value, host.Name);
        }
    }

    private void Check(string entity)
    {
        if (!Entities().Any(known => known.Id == entity))
        {
            throw Faults.New(new LicenseEntityNotFound { EntityId = entity }, $"There is no licensed entity '{entity}'.");
        }
    }
}

using Vic.Configuration;
using Vic.Engine.Deployment;
using Vic.Engine.Images;
using Vic.Engine.Inspection;
using Vic.Engine.Validation;
using Vic.Engine.Inventory;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>
/// Brings a VCH to this module's version, one of vic-machine 1.5 as well: the endpoint VM boots a new ISO, new containers boot the new bootstrap ISO, and what runs goes
/// on running. An upgrade that fails or is cancelled leaves the version that was there.
/// </summary>
public sealed class VchUpgrade
{
    private readonly VimClient _client;

    /// <summary>Upgrades through a session.</summary>
    public VchUpgrade(VimClient client) => _client = client;

    /// <summary>Checks a request, and tells what it would do, with warnings of what it takes away; changes nothing.</summary>
    /// <exception cref="ValidationException">The request cannot be carried out; all problems are listed.</exception>
    /// <exception cref="VicException">The secrets of a VCH of vic-machine cannot be read.</exception>
    public async Task<VersionChange> PlanAsync(
        VchInfo vch, VchUpgradeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var (present, change) = await ReadAsync(vch, request, progress, cancellationToken).ConfigureAwait(false);
        if (present.Info.IsOfVicMachine)
        {
            await new LostNetworks(_client).WarnAsync(present, progress, cancellationToken).ConfigureAwait(false);
        }

        return change;
    }

    /// <summary>Upgrades the VCH; one that is up to date is not touched without force.</summary>
    /// <returns>The VCH as it is now.</returns>
    /// <exception cref="ValidationException">The request cannot be carried out; nothing was changed.</exception>
    /// <exception cref="ChangeException">It could not be upgraded, and has the version that it had.</exception>
    public async Task<VchInfo> RunAsync(VchInfo vch, VchUpgradeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(vch, request, progress, cancellationToken).ConfigureAwait(false)).Change.IsNeeded)
        {
            return vch;
        }

        var change = new EndpointChange(_client, vch, "Update-VCH", "upgrade", progress);
        await change.RunAsync(async (present, token) => await WorkOfAsync(present, request, change.Progress, token).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        return await new VchInventory(_client).ReadAsync(vch.Reference, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(PresentVch Present, VersionChange Change)> ReadAsync(
        VchInfo vch, VchUpgradeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new($"Reading '{vch.Name}'"));
        var present = await PresentVch.ReadAsync(_client, vch, cancellationToken).ConfigureAwait(false);
        UpdateLock.RefuseWhileHeld(present);
        Check(present, request);
        await SecretsOfAsync(present, cancellationToken).ConfigureAwait(false);
        return (present, new VersionChange(present.Info.Version, ProductVersion.Current, IsNeeded(present, request)));
    }

    private static bool IsNeeded(PresentVch present, VchUpgradeRequest request) => request.Force || present.Info.UpgradeStatus != UpgradeStatus.UpToDate;

    private static (IsoImage Appliance, IsoImage Bootstrap) Check(PresentVch present, VchUpgradeRequest request)
    {
        var checks = new CheckList();
        checks.Begin("Isos");
        var appliance = Open("ApplianceIso", request.ApplianceIso, request, checks);
        var bootstrap = Open("BootstrapIso", request.BootstrapIso, request, checks);
        checks.Begin("Version");
        if (present.Info.IsOfVicMachine)
        {
            VicMachineConversion.Check(present, checks);
        }
        else if (present.Info.UpgradeStatus == UpgradeStatus.NewerThanModule && !request.Force)
        {
            checks.Fail(
                "VCH", $"'{present.Name}' is of version '{present.Info.Version}', newer than this module, {ProductVersion.Current}. Use a newer module, or pass -Force.");
        }

        checks.ThrowIfAny(present.Name, "updated");
        return (appliance!, bootstrap!);
    }

    private static IsoImage? Open(string option, string path, VchUpgradeRequest request, CheckList checks)
    {
        try
        {
            var iso = IsoImage.Open(path);
            if (iso.IsOfVicMachine)
            {
                checks.Fail(option, $"'{path}' is an ISO of vic-machine ('{iso.Publisher}'), which has no endpoint of this product on it. Pass one of this module.");
            }
            else if (!request.Force && !iso.IsOfRelease(ProductVersion.Current))
            {
                checks.Fail(
                    option, $"'{path}' is of version '{iso.Version}', this module is {ProductVersion.Current}. Pass the ISO of the same release, or -Force.");
            }

            return iso;
        }
        catch (VicException exception)
        {
            checks.Fail(option, exception.Message);
            return null;
        }
    }

    /// <summary>The key of the secrets when the configuration has to be converted: then one is added. Otherwise none is looked at.</summary>
    private async Task<SecretKey?> SecretsOfAsync(PresentVch present, CancellationToken cancellationToken) =>
        present.Info.IsOfVicMachine ? await SecretKeyFile.ReadAsync(_client, present, cancellationToken).ConfigureAwait(false) : null;

    private async Task<ChangeWork> WorkOfAsync(
        PresentVch present, VchUpgradeRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var (appliance, bootstrap) = Check(present, request);
        var secretKey = await SecretsOfAsync(present, cancellationToken).ConfigureAwait(false);
        var isos = new EndpointIsos(_client, present, progress);
        var (appliancePath, bootstrapPath) = ("", "");
        return new ChangeWork
        {
            Kind = RollbackPoint.Upgrade,
            Prepare = async (undo, token) =>
            {
                appliancePath = await isos.UploadAsync(appliance, "appliance.iso", undo, token).ConfigureAwait(false);
                bootstrapPath = await isos.UploadAsync(bootstrap, "bootstrap.iso", undo, token).ConfigureAwait(false);
            },
            Apply = token => MachineTasks.ReconfigureAsync(_client, present.Reference, SpecOf(present, appliancePath, bootstrapPath, secretKey), token),
            Timeout = request.Timeout,
            Obsolete = points => points.Where(point => point.IsOfKind(RollbackPoint.Upgrade) && !point.IsCurrent),
        };
    }

    private static VirtualMachineConfigSpec SpecOf(PresentVch present, string appliancePath, string bootstrapPath, SecretKey? secretKey)
    {
        var drive = present.Devices.OfType<VirtualCdrom>().FirstOrDefault()
            ?? throw new VicException("NoDrive", VicErrorKind.Failed, $"The endpoint VM of '{present.Name}' has no CD-ROM drive to boot from.");
        var wanted = present.ReadConfiguration(secretKey);
        if (present.Info.IsOfVicMachine)
        {
            VicMachineConversion.Apply(wanted, present.Name);
        }

        wanted.Executor.Version = EndpointConfiguration.CurrentBuild();
        wanted.Containers.BootstrapImagePath = bootstrapPath;
        return new VirtualMachineConfigSpec
        {
            AlternateGuestName = EndpointHardware.GuestName,
            DeviceChange =
            [
                new VirtualDeviceConfigSpec
                {
                    Operation = VirtualDeviceConfigSpecOperation.Edit,
                    Device = new VirtualCdrom
                    {
                        Key = drive.Key,
                        ControllerKey = drive.ControllerKey,
                        UnitNumber = drive.UnitNumber,
                        Backing = new VirtualCdromIsoBackingInfo { FileName = appliancePath },
                        Connectable = EndpointHardware.Connected(),
                    },
                },
            ],
            ExtraConfig = GuestInfoSet.Changes(present.ReadConfiguration(secretKey), wanted, secretKey)
                .Select(pair => new OptionValue { Key = pair.Key, Value = pair.Value }).ToList(),
        };
    }
}

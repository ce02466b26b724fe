using System.Globalization;
using System.Text;
using Vic.Configuration;
using Vic.Engine.Certificates;
using Vic.Engine.Deployment;
using Vic.Engine.Preflight;
using Vic.Engine.Requests;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Changes;

/// <summary>Compares what is asked for with what a VCH has; collects all problems before it gives up.</summary>
internal sealed class ChangePlanner
{
    private const long Gigabyte = 1L << 30;
    private const int HighestDebugLevel = 3;

    private static readonly string[] Roles = ["public", "client", "management"];

    private readonly PresentVch _vch;
    private readonly VchChangeRequest _request;
    private readonly CheckList _checks;
    private readonly VirtualContainerHostConfiguration _configuration;
    private readonly SettingList _settings = new();
    private readonly VirtualMachineConfigSpec _hardware = new();

    private ChangePlanner(PresentVch vch, VchChangeRequest request, CheckList checks, SecretKey? secretKey)
    {
        _vch = vch;
        _request = request;
        _checks = checks;
        _configuration = vch.ReadConfiguration(secretKey);
    }

    /// <exception cref="ValidationException">The request cannot be carried out; all problems are listed.</exception>
    /// <exception cref="VicException">The VCH is of another version than this module, or its secrets cannot be read.</exception>
    public static async Task<ChangePlan> PlanAsync(VimClient client, PresentVch vch, VchChangeRequest request, CancellationToken cancellationToken)
    {
        RefuseOtherVersion(vch);
        var checks = new CheckList();
        checks.Begin("Settings");
        if (request.Configuration is { } configuration)
        {
            request = await new ConfigurationPlan(client, vch, checks).MergeAsync(configuration, request, cancellationToken).ConfigureAwait(false);
        }

        var secretKey = request.Credential is null && request.Tls is null
            ? null
            : await SecretKeyFile.ReadAsync(client, vch, cancellationToken).ConfigureAwait(false);
        var planner = new ChangePlanner(vch, request, checks, secretKey);
        await planner.PlanCredentialAsync(client, cancellationToken).ConfigureAwait(false);
        var isGranted = GrantChange.IsWanted(vch, request);
        await VmGroupPlan.PlanAsync(
            client, vch, request.UseVmGroup, isGranted, planner._configuration, planner._settings, checks, cancellationToken).ConfigureAwait(false);
        var volumeStores = await planner.PlanVolumeStoresAsync(client, cancellationToken).ConfigureAwait(false);
        if (request.ContainerNetworks is { } networks)
        {
            await new ContainerNetworkPlan(client, vch, checks)
                .PlanAsync(networks, planner._configuration.Network, planner._settings, cancellationToken).ConfigureAwait(false);
        }

        var grants = isGranted
            ? await GrantChange.PlanAsync(client, vch, planner._configuration, planner._settings, checks, cancellationToken).ConfigureAwait(false)
            : null;
        var plan = planner.Plan(secretKey) with { VolumeStores = volumeStores, Grants = grants };
        checks.ThrowIfAny(vch.Name, "changed");
        return plan;
    }

    private static void RefuseOtherVersion(PresentVch vch)
    {
        if (vch.Info.UpgradeStatus is Inspection.UpgradeStatus.UpToDate or Inspection.UpgradeStatus.InProgress)
        {
            return;
        }

        throw new VicException(
            "OtherVersion", VicErrorKind.InvalidInput, $"'{vch.Name}' is of version '{vch.Info.Version}', this module is {ProductVersion.Current}. Nothing was changed.")
        {
            RecommendedAction = vch.Info.UpgradeStatus == Inspection.UpgradeStatus.Upgradeable
                ? $"Update it first: Update-VCH {vch.Name}"
                : "Use the module, or vic-machine, of the VCH's own version.",
            Target = vch.Name,
        };
    }

    private ChangePlan Plan(SecretKey? secretKey)
    {
        var limits = PoolChange.Plan(_vch, _request, _settings, _checks);
        PlanHardware();
        PlanNames();
        PlanRegistries();
        PlanContainers();
        PlanLog();
        PlanQuota();
        var certificates = PlanCertificates();
        return new ChangePlan
        {
            Changes = _settings.Changes,
            Limits = limits,
            Configuration = _configuration,
            SecretKey = secretKey,
            Certificates = certificates,
            Hardware = _hardware,
            Warnings = _checks.Checks.Where(check => check.State == CheckState.Warning).ToList(),
        };
    }

    private async Task PlanCredentialAsync(VimClient client, CancellationToken cancellationToken)
    {
        var connection = _configuration.Connection;
        if (_request.Credential is not { } wanted || (wanted.UserName == connection.UserName && wanted.Password == connection.Token))
        {
            return;
        }

        await OperationsAccountCheck.CheckLoginAsync(
            client, wanted, _request.ServerThumbprint, GrantChange.IsWanted(_vch, _request), _checks, cancellationToken).ConfigureAwait(false);
        _settings.Add("OperationsCredential", connection.UserName, wanted.Password == connection.Token ? wanted.UserName : $"{wanted.UserName} with another password");
        connection.UserName = wanted.UserName;
        connection.Token = wanted.Password;
    }

    private async Task<VolumeStoreChange?> PlanVolumeStoresAsync(VimClient client, CancellationToken cancellationToken)
    {
        if (_request.VolumeStores is not { } stores)
        {
            return null;
        }

        var change = new VolumeStoreChange(client, _vch);
        await change.PlanAsync(stores, _configuration.Storage, _settings, _checks, cancellationToken).ConfigureAwait(false);
        return change.HasFolders ? change : null;
    }

    private void PlanHardware()
    {
        if (_request.EndpointCpus is { } cpus && _settings.Compare("EndpointCpu", Text(_vch.Cpus), Text(cpus)))
        {
            _hardware.NumCPUs = cpus;
        }

        if (_request.EndpointMemoryMB is { } memory && _settings.Compare("EndpointMemoryGB", Gigabytes(_vch.MemoryMB), Gigabytes(memory)))
        {
            _hardware.MemoryMB = memory;
        }
    }

    private void PlanNames()
    {
        if (_request.DnsServers is not { } texts)
        {
            return;
        }

        var servers = DnsServerRules.Read(texts, _checks);

        var networks = _configuration.Executor.Networks.Where(pair => Roles.Contains(pair.Key)).Select(pair => pair.Value).ToList();
        if (servers.Count == 0 && networks.Any(network => network.Static))
        {
            _checks.Fail("DnsServer", $"'{_vch.Name}' has a static address, so no DHCP tells it a server; pass at least one.");
        }

        var present = networks.FirstOrDefault()?.Network.Nameservers ?? [];
        if (_settings.Compare("DnsServer", present.Select(server => server.ToString()), servers.Select(server => server.ToString())))
        {
            foreach (var network in networks)
            {
                network.Network.Nameservers = [.. servers];

                // Those of DHCP are asked for anew.
                network.Network.AssignedNameservers = [];
            }
        }
    }

    private void PlanRegistries()
    {
        var registries = _configuration.Registries;
        var authorities = RegistryRules.Check(
            new RegistryRequest
            {
                Mirrors = _request.RegistryMirrors ?? [],
                Insecure = _request.InsecureRegistries ?? [],
                Whitelist = _request.WhitelistRegistries ?? [],
                Authorities = _request.RegistryAuthorities ?? [],
            },
            _checks);
        registries.Mirrors = PlanList("RegistryMirror", registries.Mirrors, _request.RegistryMirrors);
        registries.Insecure = PlanList("InsecureRegistry", registries.Insecure, _request.InsecureRegistries);
        registries.Whitelist = PlanList("WhitelistRegistry", registries.Whitelist, _request.WhitelistRegistries);
        if (_request.RegistryAuthorities is not null)
        {
            PlanAuthorities(authorities);
        }

        if (_configuration.Executor.Sessions.TryGetValue(EndpointConfiguration.ServiceName, out var service))
        {
            ProxySettings.Plan(service, _request, _settings, _checks);
        }
    }

    private void PlanAuthorities(string pem)
    {
        var present = Encoding.UTF8.GetString(_configuration.Certificates.RegistryCertificateAuthorities);
        var before = CertificateFacts.Read(CertificateKind.RegistryAuthority, present);
        var after = CertificateFacts.Read(CertificateKind.RegistryAuthority, pem);
        if (!before.Select(fact => fact.Thumbprint).SequenceEqual(after.Select(fact => fact.Thumbprint)))
        {
            _settings.Add("RegistryCA", Subjects(before), Subjects(after));
            _configuration.Certificates.RegistryCertificateAuthorities = Encoding.UTF8.GetBytes(pem);
        }
    }

    private void PlanContainers()
    {
        var containers = _configuration.Containers;
        var standard = new ContainerRequest();
        ContainerRules.Check(
            standard with { NameConvention = _request.ContainerNameConvention ?? standard.NameConvention, Limit = _request.ContainerLimit ?? standard.Limit }, _checks);
        if (_request.ContainerNameConvention is { } convention && _settings.Compare("ContainerNameConvention", containers.NameConvention, convention))
        {
            containers.NameConvention = convention;
        }

        if (_request.ContainerLimit is { } limit && _settings.Compare("ContainerLimit", NumberOrNone(containers.ContainerLimit), NumberOrNone(limit)))
        {
            containers.ContainerLimit = limit;
        }

    }

    private void PlanLog()
    {
        var diagnostics = _configuration.Executor.Diagnostics;
        if (_request.SyslogAddress is { } address)
        {
            var server = SyslogAddress.Read(address, _checks);
            _settings.Compare("SyslogAddress", SyslogAddress.Describe(diagnostics.Syslog), SyslogAddress.Describe(server));
            diagnostics.Syslog = server;
        }

        if (_request.DebugLevel is { } level && _settings.Compare("DebugLevel", Text(diagnostics.DebugLevel), Text(level)))
        {
            diagnostics.DebugLevel = level;
            if (level is < 0 or > HighestDebugLevel)
            {
                _checks.Fail("DebugLevel", $"A debug level is 0 to {HighestDebugLevel}, not {level}.");
            }
        }
    }

    private void PlanQuota()
    {
        if (_request.StorageQuotaGB is not { } quota)
        {
            return;
        }

        StoreSpace.CheckChangedQuota(_vch.ImageStore, quota, _checks);
        var storage = _configuration.Storage;
        if (_settings.Compare("StorageQuotaGB", NumberOrNone(storage.StorageQuota / Gigabyte), NumberOrNone(quota)))
        {
            storage.StorageQuota = quota * Gigabyte;
        }
    }

    private CertificateChange? PlanCertificates()
    {
        if (_request.Tls is not { } tls)
        {
            return null;
        }

        var change = new CertificateChange(_vch, tls, _checks);
        return change.Plan(_settings) ? change : null;
    }

    private List<string> PlanList(string option, List<string> present, IReadOnlyList<string>? wanted) =>
        wanted is not null && _settings.Compare(option, present, wanted) ? [.. wanted] : present;

    private static string Subjects(IReadOnlyList<CertificateFacts> facts) => string.Join("; ", facts.Select(fact => fact.Subject));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NumberOrNone(long number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static string Gigabytes(long megabytes) => (megabytes / 1024.0).ToString("0.###", CultureInfo.InvariantCulture);
}

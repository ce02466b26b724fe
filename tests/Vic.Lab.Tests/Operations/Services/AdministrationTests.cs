using Vic.Lab.Inventory;
using Vic.Lab.Licensing;
using Vic.Vim25;

namespace Vic.Lab.Tests.Operations.Services;

/// <summary>Licenses, options, extensions, custom fields and the log.</summary>
public sealed class AdministrationTests
{
    private const string SerialPersistence = "config.vpxd.SerialPort.PersistNetworkBacking";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(InventoryModel.VCenter)]
    [InlineData(InventoryModel.Esx)]
    public async Task A_lab_is_started_with_a_license_that_lacks_what_a_VCH_needs(InventoryModel model)
    {
        await using var lab = await ConnectedLab.StartAsync(new LabOptions { Model = model, License = LabLicense.Standard });

        var license = Assert.Single((await lab.ReadAsync<List<LicenseManagerLicenseInfo>>(Licenses(lab).Reference, "licenses"))!);

        Assert.Equal("esx.standard.cpuPackage", license.EditionKey);
        Assert.Equal("esx.standard.cpuPackage", await lab.ReadAsync<string>(Licenses(lab).Reference, "licensedEdition"));
        Assert.Empty(new[] { "serialuri", "dvs", "drs" }.Intersect(Features(license)));
        Assert.Contains("vmotion", Features(license));
    }

    [Fact]
    public async Task A_license_is_assigned_to_a_host_and_shows_its_features()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var host = (await lab.FindAsync("HostSystem")).Value;
        var manager = new LicenseAssignmentManager(
            lab.Client, await lab.ReadAsync<ManagedObjectReference>(Licenses(lab).Reference, "licenseAssignmentManager"));
        Assert.Superset(new HashSet<string> { "serialuri", "dvs", "drs" }, Features(await OfAsync(host)).ToHashSet());

        await manager.UpdateAssignedLicenseAsync(host, LabLicense.Standard.Key, cancellationToken: Token);

        Assert.DoesNotContain("serialuri", Features(await OfAsync(host)));
        Assert.Equal(1, (await OfAsync(host)).Used);
        Assert.Equal(
            ["eval", "esx.standard.cpuPackage"],
            (await lab.ReadAsync<List<LicenseManagerLicenseInfo>>(Licenses(lab).Reference, "licenses"))!.Select(license => license.EditionKey).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(3, (await manager.QueryAssignedLicensesAsync(cancellationToken: Token))!.Count);
        await ConnectedLab.FaultOfAsync<LicenseEntityNotFound>(
            () => manager.UpdateAssignedLicenseAsync("nowhere", LabLicense.Standard.Key, cancellationToken: Token));
        await ConnectedLab.FaultOfAsync<LicenseEntityNotFound>(() => manager.QueryAssignedLicensesAsync("nowhere", Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(
            () => manager.UpdateAssignedLicenseAsync(host, "11111-11111-11111-11111-11111", cancellationToken: Token));

        async Task<LicenseManagerLicenseInfo> OfAsync(string entity)
            => Assert.Single((await manager.QueryAssignedLicensesAsync(entity, Token))!).AssignedLicense;
    }

    [Fact]
    public async Task A_license_key_is_decoded_and_an_expired_one_has_no_features_left()
    {
        await using var lab = await ConnectedLab.StartAsync();

        var expired = await Licenses(lab).DecodeLicenseAsync(LabLicense.Expired.Key, Token);
        var full = await Licenses(lab).DecodeLicenseAsync(LabLicense.EnterprisePlus.Key, Token);

        Assert.Empty(Features(expired));
        Assert.Equal(0L, expired.Properties!.Single(property => property.Key == "expirationHours").Value);
        Assert.Contains("serialuri", Features(full));
        Assert.DoesNotContain(full.Properties!, property => property.Key == "expirationDate");
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => Licenses(lab).DecodeLicenseAsync("nonsense", Token));
    }

    [Fact]
    public async Task Options_are_set_as_their_types_allow_all_or_none_of_them()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var options = new OptionManager(lab.Client, lab.Client.Content.Setting!.Value);

        await ConnectedLab.FaultOfAsync<InvalidName>(() => options.QueryOptionsAsync(SerialPersistence, Token));
        await SetAsync(SerialPersistence, "true");
        Assert.Equal("true", Assert.Single((await options.QueryOptionsAsync(SerialPersistence, Token))!).Value);
        await SetAsync(SerialPersistence, false);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync(SerialPersistence, "maybe"));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync("event.maxAge", "30"));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync("event.maxAge", 0));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => SetAsync("config.vpxd.sso.admin.uri", "elsewhere"));
        await ConnectedLab.FaultOfAsync<InvalidName>(() => SetAsync("no.such.option", "x"));
        await ConnectedLab.FaultOfAsync<InvalidName>(() => options.UpdateOptionsAsync(
            [new OptionValue { Key = "event.maxAge", Value = 7 }, new OptionValue { Key = "no.such.option", Value = "x" }], Token));
        Assert.Equal(30, Assert.Single((await options.QueryOptionsAsync("event.maxAge", Token))!).Value);
        Assert.Equal(["event.maxAge", "event.maxAgeEnabled"], (await options.QueryOptionsAsync("event.", Token))!.Select(option => option.Key));

        Task SetAsync(string key, object value) => options.UpdateOptionsAsync([new OptionValue { Key = key, Value = value }], Token);
    }

    [Fact]
    public async Task An_extension_is_registered_found_updated_and_unregistered()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var manager = new ExtensionManager(lab.Client, lab.Client.Content.ExtensionManager!.Value);
        await manager.RegisterExtensionAsync(Make("1"), Token);

        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.RegisterExtensionAsync(Make("1"), Token));
        await manager.UpdateExtensionAsync(Make("2"), Token);
        var found = (await manager.FindExtensionAsync("com.example", Token))!;
        Assert.Equal(("2", "CN=example", "AA:BB"), (found.Version, found.SubjectName, found.Server![0].ServerThumbprint));
        Assert.Equal("com.example", Assert.Single((await lab.ReadAsync<List<Extension>>(manager.Reference, "extensionList"))!).Key);

        await manager.UnregisterExtensionAsync("com.example", Token);
        Assert.Null(await manager.FindExtensionAsync("com.example", Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => manager.UnregisterExtensionAsync("com.example", Token));
        await ConnectedLab.FaultOfAsync<NotFound>(() => manager.UpdateExtensionAsync(Make("3"), Token));

        static Extension Make(string version) => new()
        {
            Key = "com.example",
            Version = version,
            Description = Text(),
            SubjectName = "CN=example",
            LastHeartbeatTime = DateTime.UtcNow,
            Server =
            [
                new ExtensionServerInfo
                {
                    Url = "https://127.0.0.1/",
                    Description = Text(),
                    Company = "Example",
                    Type = "HTTP",
                    AdminEmail = ["admin@example.com"],
                    ServerThumbprint = "AA:BB",
                },
            ],
        };

        static Description Text() => new() { Label = "Example", Summary = "An example" };
    }

    [Fact]
    public async Task A_custom_field_is_there_on_its_type_and_holds_a_value_of_each_entity()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var machine = await lab.CreateMachineAsync("m");
        var manager = new CustomFieldsManager(lab.Client, lab.Client.Content.CustomFieldsManager!.Value);
        var field = await manager.AddCustomFieldDefAsync("owner", "VirtualMachine", cancellationToken: Token);
        var late = await lab.CreateMachineAsync("late");

        Assert.Equal("owner", Assert.Single((await lab.ReadAsync<List<CustomFieldDef>>(late, "availableField"))!).Name);
        Assert.Empty(await lab.ReadAsync<List<CustomFieldDef>>(await lab.FindAsync("Datacenter"), "availableField") ?? []);
        await manager.SetFieldAsync(machine, field.Key, "me", Token);
        await new VirtualMachine(lab.Client, machine).SetCustomValueAsync("owner", "you", Token);
        var value = Assert.IsType<CustomFieldStringValue>(Assert.Single((await lab.ReadAsync<List<CustomFieldValue>>(machine, "customValue"))!));
        Assert.Equal((field.Key, "you"), (value.Key, value.Value));
        await ConnectedLab.FaultOfAsync<DuplicateName>(() => manager.AddCustomFieldDefAsync("owner", "VirtualMachine", cancellationToken: Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.SetFieldAsync(machine, 4711, "x", Token));
        await ConnectedLab.FaultOfAsync<InvalidArgument>(async () => await manager.SetFieldAsync(await lab.FindAsync("Datacenter"), field.Key, "x", Token));
    }

    [Fact]
    public async Task The_labs_own_log_is_read_line_by_line()
    {
        await using var lab = await ConnectedLab.StartAsync();
        var manager = new DiagnosticManager(lab.Client, lab.Client.Content.DiagnosticManager!.Value);
        var key = Assert.Single((await manager.QueryDescriptionsAsync(cancellationToken: Token))!).Key;
        var before = (await manager.BrowseDiagnosticLogAsync(key, start: int.MaxValue, cancellationToken: Token)).LineEnd;

        await lab.CreateMachineAsync("logged");

        var after = await manager.BrowseDiagnosticLogAsync(key, start: before + 1, cancellationToken: Token);
        Assert.Equal(before + 1, after.LineStart);
        Assert.Contains(after.LineText!, line => line.Contains("Created virtual machine logged", StringComparison.Ordinal));
        Assert.Single((await manager.BrowseDiagnosticLogAsync(key, start: before + 1, lines: 1, cancellationToken: Token)).LineText!);
        await ConnectedLab.FaultOfAsync<InvalidArgument>(() => manager.BrowseDiagnosticLogAsync("nonsense", cancellationToken: Token));
    }

    private static IEnumerable<string> Features(LicenseManagerLicenseInfo license)
        => (license.Properties ?? []).Where(property => property.Key == "feature").Select(property => ((KeyValue)property.Value!).Key.Split(':')[0]);

    private static LicenseManager Licenses(ConnectedLab lab) => new(lab.Client, lab.Client.Content.LicenseManager!.Value);
}

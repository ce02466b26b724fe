using Vic.Configuration.Tests.Samples;

namespace Vic.Configuration.Tests;

public sealed class ReferenceKeysTests
{
    private readonly SecretKey key = SecretKey.Generate();

    [Fact]
    public void A_host_of_the_reference_system_is_written_again_key_for_key()
    {
        var stored = Sample.Stored("virtual-container-host.txt", key);

        var configuration = VirtualContainerHostConfiguration.Read(new GuestInfoReader(stored, key));

        Assert.Equal(Sample.Load("virtual-container-host.txt"), Sample.Plain(GuestInfoSet.Of(configuration, key), key));
    }

    [Fact]
    public void A_container_of_the_reference_system_is_written_again_key_for_key()
    {
        var stored = Sample.Stored("container.txt", key);

        var configuration = ExecutorConfiguration.Read(new GuestInfoReader(stored, key), GuestInfoKey.Root);

        Assert.Equal(Sample.Load("container.txt"), Sample.Plain(GuestInfoSet.Of(configuration, key), key));
    }

    [Fact]
    public void A_hosts_fields_have_the_references_meaning()
    {
        var stored = Sample.Stored("virtual-container-host.txt", key);

        var host = VirtualContainerHostConfiguration.Read(new GuestInfoReader(stored, key));

        Assert.Equal("vch1", host.Executor.Name);
        Assert.Equal("pw", host.Connection.Token);
        Assert.Equal(TimeSpan.FromSeconds(20), host.Connection.KeepAlive);
        Assert.Equal("172.16.0.0/12", host.Network.BridgeRange!.ToString());
        Assert.Equal(16, host.Network.BridgeNetworkMask!.PrefixLength);
        Assert.Equal("10.0.0.1/24", host.Executor.Networks["client"].Address!.ToString());
        Assert.Equal("10.0.0.10", host.Network.ContainerNetworks["vmnet"].Pools[0].First!.ToString());
        Assert.Equal("ds://datastore1/vols", host.Storage.VolumeLocations["default"].ToString());
        Assert.Equal(["a:5000", "b"], host.Registries.Insecure);
        Assert.Equal("KEY"u8.ToArray(), host.Certificates.HostCertificate!.Key);
        Assert.Equal(["A=1", "B=2"], host.Executor.Sessions["port-layer"].Environment);
    }

    [Fact]
    public void A_guest_that_can_only_ask_for_single_keys_reads_the_same_configuration()
    {
        var stored = GuestInfoSet.Of(ExecutorConfiguration.Read(
            new GuestInfoReader(Sample.Stored("container.txt", key), key), GuestInfoKey.Root), key);

        var reader = GuestInfoReader.ForGuest(
            name => name.StartsWith("guestinfo.", StringComparison.Ordinal) ? stored.GetValueOrDefault(name) : null);
        var configuration = ExecutorConfiguration.Read(reader, GuestInfoKey.Root);

        Assert.Equal("abc", configuration.Id);
        Assert.Equal("", configuration.Name);
        Assert.Equal(["/bin/sh", "-c"], configuration.Sessions["abc"].Arguments);
        Assert.Empty(configuration.Annotations);
    }

    [Fact]
    public void Without_the_secret_key_everything_but_the_secrets_is_read()
    {
        var stored = Sample.Stored("virtual-container-host.txt", key);

        var host = VirtualContainerHostConfiguration.Read(new GuestInfoReader(stored));

        Assert.Equal("ops", host.Connection.UserName);
        Assert.Equal("", host.Connection.Token);
        Assert.Empty(host.Certificates.HostCertificate!.Key);
    }

    [Fact]
    public void A_secret_of_another_key_is_an_error_that_names_the_key_and_not_the_value()
    {
        var stored = Sample.Stored("virtual-container-host.txt", SecretKey.Generate());

        var error = Assert.Throws<GuestConfigurationException>(
            () => VirtualContainerHostConfiguration.Read(new GuestInfoReader(stored, key)));

        Assert.Equal("guestinfo.vice./connect/token@secret", error.Key);
        Assert.DoesNotContain(stored[error.Key], error.Message, StringComparison.Ordinal);
    }
}

namespace Vic.Configuration.Tests;

public sealed class GuestInfoKeyTests
{
    [Fact]
    public void Separators_follow_the_scope_of_the_field_not_of_its_parent()
    {
        var session = GuestInfoKey.Appliance.Child("sessions", GuestInfoScope.ReadOnly).Entry("vic-endpoint");

        Assert.Equal("guestinfo.vice./init/sessions|vic-endpoint/tty", session.Child("tty", GuestInfoScope.ReadOnly).Name);
        Assert.Equal("guestinfo.vice..init.sessions|vic-endpoint.started", session.Child("started", GuestInfoScope.ReadWrite).Name);
        Assert.Equal("init/sessions|vic-endpoint/notes", session.Child("notes", GuestInfoScope.Hidden).Name);
    }

    [Fact]
    public void Suffixes_stay_at_the_end_of_the_key()
    {
        var execs = GuestInfoKey.Root.Child("execs", GuestInfoScope.ReadOnly | GuestInfoScope.NonPersistent);

        Assert.Equal("guestinfo.vice./execs|t1/cmd/Args~@non-persistent", execs.Entry("t1").Child("cmd").Child("Args").Values().Name);
        Assert.Equal("guestinfo.vice..execs|t1.status@non-persistent", execs.Entry("t1").Child("status", GuestInfoScope.ReadWrite).Name);
        Assert.False(execs.Entry("t1").Child("notes", GuestInfoScope.Hidden).IsStored);
    }

    [Fact]
    public void The_attach_keys_are_where_guest_and_endpoint_look_for_them()
    {
        var key = SecretKey.Generate();
        var container = new ExecutorConfiguration();
        container.Attach.Key = new byte[AttachConfiguration.KeyLength];
        container.Attach.Address = "172.16.0.1:2379";
        var host = new VirtualContainerHostConfiguration();
        host.Executor.Attach.Master = new byte[AttachConfiguration.KeyLength];

        Assert.Contains("guestinfo.vice./attach/key@secret", GuestInfoSet.Of(container, key).Keys);
        Assert.Equal("172.16.0.1:2379", GuestInfoSet.Of(container, key)["guestinfo.vice./attach/address"]);
        Assert.Contains("guestinfo.vice./init/attach/master@secret", GuestInfoSet.Of(host, key).Keys);
        Assert.Equal("guestinfo.vice..init.networks|client.assigned.IP", GuestInfoNames.AssignedAddress(GuestInfoKey.Appliance, "client"));
        Assert.Equal("guestinfo.vice..sessions|a.detail.stoptime", GuestInfoNames.SessionStopTime(GuestInfoKey.Root, "a"));
    }

    [Fact]
    public void A_running_machine_is_written_only_what_vSphere_keeps()
    {
        var container = new ExecutorConfiguration { Id = "a", Name = "renamed" };
        container.Execs["t"] = new SessionConfiguration { Path = "/bin/ls" };

        var keys = GuestInfoSet.OfRunning(container);

        Assert.Equal("renamed", keys["common/name"]);
        Assert.Equal("/bin/ls", keys["guestinfo.vice./execs|t/cmd/Path@non-persistent"]);
        Assert.DoesNotContain("guestinfo.vice./common/id", keys.Keys);
    }

    [Fact]
    public void A_guest_writes_its_own_keys_only_and_times_last()
    {
        var written = new List<string>();
        var writer = new GuestInfoWriter((name, _) => written.Add(name), filter: static key => key.IsGuestWritable);

        new SessionConfiguration { Started = "true" }.Write(writer, GuestInfoKey.Root, "a");

        Assert.All(written, name => Assert.StartsWith("guestinfo.vice..sessions|a.", name, StringComparison.Ordinal));
        Assert.EndsWith("detail.stoptime", written[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_went_away_are_emptied_and_unknown_ones_stay()
    {
        var present = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["newer"] = "3", ["same"] = "4" };

        var changes = GuestInfoSet.Changes(
            present,
            known: new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["same"] = "4" },
            wanted: new Dictionary<string, string> { ["a"] = "5", ["same"] = "4", ["new"] = "6" });

        Assert.Equal(new Dictionary<string, string> { ["a"] = "5", ["b"] = "", ["new"] = "6" }, changes);
    }
}

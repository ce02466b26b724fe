using Vic.Configuration;
using Vic.Guest.Tests.Machines;

namespace Vic.Guest.Tests.Appliance;

/// <summary>The endpoint's machine, booted from the real appliance.iso.</summary>
public sealed class ApplianceTests
{
    private const int Slot = 0x4A0;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_appliance_leases_an_address_on_the_card_in_its_slot_runs_its_service_and_obeys_shut_down_guest()
    {
        var host = new VirtualContainerHostConfiguration();
        host.Executor.Id = "VirtualMachine:vm-1";
        host.Connection.Target = "https://10.77.0.2/sdk";
        foreach (var role in new[] { "client", "public", "management" })
        {
            var endpoint = new NetworkEndpoint { Id = $"{Slot}", Name = role };
            endpoint.Network.Name = role;
            endpoint.Network.Default = role == "public";
            host.Executor.Networks[role] = endpoint;
        }
        host.Executor.Sessions["format"] = new SessionConfiguration
        {
            Id = "format",
            Active = true,
            Path = "/sbin/mkfs.ext4",
            Arguments = ["/sbin/mkfs.ext4", "-V"],
        };
        await using var machine = GuestMachine.StartAppliance(GuestInfoSet.Of(host, SecretKey.Generate()), Slot);

        foreach (var role in new[] { "client", "public", "management" })
        {
            var address = await machine.Rpc.WhenSetAsync(GuestInfoNames.AssignedAddress(GuestInfoKey.Appliance, role)).WaitAsync(Cancellation);
            Assert.Equal("10.77.0.15", GuestAddress.TryFromBytes(Convert.FromBase64String(address))?.ToString());
        }
        Assert.Equal("true", await machine.Rpc.WhenSetAsync(GuestInfoNames.SessionStarted(GuestInfoKey.Appliance, "format")).WaitAsync(Cancellation));
        Assert.Contains(machine.Rpc.Requests, request => request.StartsWith("SetGuestInfo  10 ", StringComparison.Ordinal));

        while (!machine.DebugLog.Contains("format: mke2fs", StringComparison.Ordinal))
            await Task.Delay(20, Cancellation);

        Assert.Equal("OK ", await machine.Rpc.CommandAsync("OS_Halt", Cancellation));
        await machine.WaitForPowerOffAsync(Cancellation);
        Assert.Contains("Power down", machine.DebugLog, StringComparison.Ordinal);
    }
}

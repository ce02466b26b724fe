using Vic.Configuration;
using Vic.Guest.Network;
using Vic.Guest.Rpc;

namespace Vic.Tether.Container;

/// <summary>Brings a container's networks up, reports their addresses, and writes the files that name hosts and servers.</summary>
internal static class ContainerNetworks
{
    /// <summary>Where the files lie that are shown in the container's /etc.</summary>
    public const string NameFileFolder = "/run/etc";

    public static async Task ApplyAsync(ExecutorConfiguration configuration, NetworkSetup networks, GuestRpc rpc, CancellationToken cancellationToken)
    {
        var hostName = ProcessRequests.HostNameOf(configuration);
        HostIdentity.SetName(hostName);
        await rpc.ReportHostNameAsync(hostName, cancellationToken).ConfigureAwait(false);
        networks.StartLoopback();
        networks.AddressChanged = async (name, endpoint) =>
        {
            await ReportAsync(rpc, name, endpoint, cancellationToken).ConfigureAwait(false);
            await ReportAdaptersAsync(configuration, networks, rpc, cancellationToken).ConfigureAwait(false);
        };
        await Task.WhenAll(configuration.Networks.Select(async network =>
        {
            await networks.ApplyAsync(network.Key, network.Value, cancellationToken).ConfigureAwait(false);
            await ReportAsync(rpc, network.Key, network.Value, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        await ReportAdaptersAsync(configuration, networks, rpc, cancellationToken).ConfigureAwait(false);
    }

    public static void WriteNameFiles(ExecutorConfiguration configuration, string hostName)
    {
        Directory.CreateDirectory(NameFileFolder);
        var names = configuration.NameResolution;
        var servers = names.Servers.Count > 0
            ? names.Servers
            : [.. configuration.Networks.Values.SelectMany(endpoint => endpoint.Network.AssignedNameservers).Select(server => server.ToString()).Distinct()];
        var hosts = NameFiles.Hosts(hostName, configuration.DomainName, Primary(configuration)?.Assigned?.Address.ToIPAddress(), names.Hosts);
        File.WriteAllText(Path.Combine(NameFileFolder, "hosts"), hosts);
        File.WriteAllText(Path.Combine(NameFileFolder, "hostname"), hostName + "\n");
        File.WriteAllText(Path.Combine(NameFileFolder, "resolv.conf"), NameFiles.Resolver(servers, names.Search, names.Options));
    }

    private static NetworkEndpoint? Primary(ExecutorConfiguration configuration) =>
        configuration.Networks.Values.FirstOrDefault(endpoint => endpoint.Network.Default) ?? configuration.Networks.Values.FirstOrDefault();

    private static Task ReportAdaptersAsync(
        ExecutorConfiguration configuration, NetworkSetup networks, GuestRpc rpc, CancellationToken cancellationToken) =>
        networks.ReportAsync(rpc, configuration.Networks.Values.OrderByDescending(endpoint => endpoint.Network.Default), cancellationToken);

    private static async Task ReportAsync(GuestRpc rpc, string name, NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        var keys = new List<(string Name, string Value)>();
        endpoint.Write(new GuestInfoWriter((key, value) => keys.Add((key, value)), filter: key => key.IsGuestWritable), GuestInfoKey.Root, name);
        foreach (var (key, value) in keys)
            await rpc.SetAsync(key, value, cancellationToken).ConfigureAwait(false);
    }
}

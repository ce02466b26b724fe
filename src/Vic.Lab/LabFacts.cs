using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Vic.Lab.Api;
using Vic.Lab.Inventory;
using Vic.Lab.Machines;

namespace Vic.Lab;

/// <summary>How to reach a lab, and what is in it: what the executable prints as one line of JSON when it is ready.</summary>
public sealed record LabFacts
{
    private LabFacts()
    {
    }

    /// <summary>The address that clients connect to.</summary>
    public required string Server { get; init; }

    /// <summary>The port of vim25 and of the datastores.</summary>
    public required int Port { get; init; }

    /// <summary>The vim25 endpoint.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"https://{Server}:{Port}/sdk"));

    /// <summary>Who may log in.</summary>
    public required string User { get; init; }

    /// <summary>With which password.</summary>
    public required string Password { get; init; }

    /// <summary>SHA-1 of the certificate, in pairs with colons.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>SHA-256 of the certificate, in pairs with colons.</summary>
    public required string ThumbprintSha256 { get; init; }

    /// <summary>The vim25 endpoint as guests on the routed network reach it.</summary>
    public required string TargetAddress { get; init; }

    /// <summary>The loopback address of the first published port, or null.</summary>
    public required string? AdvertisedAddress { get; init; }

    /// <summary><c>esx</c> or <c>vcenter</c>.</summary>
    public required string Model { get; init; }

    /// <summary><c>qemu</c> or <c>none</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The datacenter's name.</summary>
    public required string Datacenter { get; init; }

    /// <summary>The name of the cluster or of the stand-alone compute resource.</summary>
    public required string ComputeResource { get; init; }

    /// <summary>The names of the datastores.</summary>
    public required IReadOnlyList<string> Datastores { get; init; }

    /// <summary>The names of the networks.</summary>
    public required IReadOnlyList<string> Networks { get; init; }

    /// <summary>Where datastores and machine state live.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The facts as one line of JSON.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("server", Server);
            json.WriteNumber("port", Port);
            json.WriteString("url", Url.ToString());
            json.WriteString("user", User);
            json.WriteString("password", Password);
            json.WriteString("thumbprint", Thumbprint);
            json.WriteString("thumbprintSha256", ThumbprintSha256);
            json.WriteString("targetAddress", TargetAddress);
            json.WriteString("advertisedAddress", AdvertisedAddress);
            json.WriteString("model", Model);
            json.WriteString("runtime", Runtime);
            json.WriteString("datacenter", Datacenter);
            json.WriteString("computeResource", ComputeResource);
            WriteList(json, "datastores", Datastores);
            WriteList(json, "networks", Networks);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("stateDirectory", StateDirectory);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static LabFacts Of(LabWorld world, int port, X509Certificate2 certificate)
    {
        lock (world.Store.Gate)
        {
            return new LabFacts
            {
                Server = "127.0.0.1",
                Port = port,
                User = world.Options.UserName!,
                Password = world.Options.Password!,
                Thumbprint = LabCertificate.Thumbprint(certificate, HashAlgorithmName.SHA1),
                ThumbprintSha256 = LabCertificate.Thumbprint(certificate, HashAlgorithmName.SHA256),
                TargetAddress = string.Create(CultureInfo.InvariantCulture, $"10.77.0.2:{port}"),
                AdvertisedAddress = world.Options.Publish is [var first, ..]
                    ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{first.HostPort}")
                    : null,
                Model = world.IsVCenter ? "vcenter" : "esx",
                Runtime = world.Options.Runtime == RuntimeKind.Qemu ? "qemu" : "none",
                Datacenter = world.Datacenter.Name,
                ComputeResource = world.Store.OfType<ComputeResourceEntity>().First().Name,
                Datastores = [.. world.Store.OfType<DatastoreEntity>().Select(datastore => datastore.Name)],
                Networks = [.. world.Store.OfType<NetworkEntity>().Select(network => network.Name)],
                StateDirectory = world.StateDirectory,
            };
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

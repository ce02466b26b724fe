using System.Diagnostics;
using System.Management.Automation;
using System.Security;

namespace Vic.PowerShell.Lab;

/// <summary>A running lab, and the values to pass to <c>Connect-VICServer</c> and <c>New-VCH</c>.</summary>
public sealed class VicLab
{
    internal VicLab(LabFacts facts, Process process)
    {
        Process = process;
        Server = facts.Server;
        Port = facts.Port;
        Thumbprint = facts.Thumbprint;
        Model = facts.Model ?? "";
        Runtime = facts.Runtime ?? "";
        Datacenter = facts.Datacenter ?? "";
        ComputeResource = facts.ComputeResource ?? "";
        Datastores = facts.Datastores ?? [];
        Networks = facts.Networks ?? [];
        TargetAddress = facts.TargetAddress;
        AdvertisedAddress = facts.AdvertisedAddress;
        StatePath = facts.StateDirectory;
        ProcessId = process.Id;
        var password = new SecureString();
        foreach (var character in facts.Password)
        {
            password.AppendChar(character);
        }

        password.MakeReadOnly();
        Credential = new PSCredential(facts.User, password);
    }

    /// <summary>The address of the vSphere API on this machine.</summary>
    public string Server { get; }

    /// <summary>The port of the vSphere API.</summary>
    public int Port { get; }

    /// <summary>The account to log in with.</summary>
    public PSCredential Credential { get; }

    /// <summary>The SHA-1 thumbprint of the lab's certificate.</summary>
    public string Thumbprint { get; }

    /// <summary><c>vcenter</c> or <c>esx</c>.</summary>
    public string Model { get; }

    /// <summary><c>qemu</c> or <c>none</c>.</summary>
    public string Runtime { get; }

    /// <summary>The datacenter's name.</summary>
    public string Datacenter { get; }

    /// <summary>The name of the cluster or host, for <c>New-VCH -Location</c>.</summary>
    public string ComputeResource { get; }

    /// <summary>The names of the datastores.</summary>
    public IReadOnlyList<string> Datastores { get; }

    /// <summary>The names of the networks.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>The lab's address as virtual machines see it, for <c>New-VCH -TargetAddress</c>.</summary>
    public string? TargetAddress { get; }

    /// <summary>Where the first published port is reached, for <c>New-VCH -AdvertisedAddress</c>; null without <c>-Publish</c>.</summary>
    public string? AdvertisedAddress { get; }

    /// <summary>The folder that holds the lab's datastores.</summary>
    public string? StatePath { get; }

    /// <summary>The id of the lab's process.</summary>
    public int ProcessId { get; }

    internal Process Process { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Server}:{Port}";
}

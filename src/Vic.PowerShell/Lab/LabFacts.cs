using System.Runtime.Serialization;

namespace Vic.PowerShell.Lab;

/// <summary>The line of JSON by which the lab says that it is ready.</summary>
[DataContract]
internal sealed class LabFacts
{
    [DataMember(Name = "server", IsRequired = true)]
    public string Server { get; set; } = "";

    [DataMember(Name = "port", IsRequired = true)]
    public int Port { get; set; }

    [DataMember(Name = "user", IsRequired = true)]
    public string User { get; set; } = "";

    [DataMember(Name = "password", IsRequired = true)]
    public string Password { get; set; } = "";

    [DataMember(Name = "thumbprint", IsRequired = true)]
    public string Thumbprint { get; set; } = "";

    [DataMember(Name = "targetAddress")]
    public string? TargetAddress { get; set; }

    [DataMember(Name = "advertisedAddress")]
    public string? AdvertisedAddress { get; set; }

    [DataMember(Name = "model")]
    public string? Model { get; set; }

    [DataMember(Name = "runtime")]
    public string? Runtime { get; set; }

    [DataMember(Name = "datacenter")]
    public string? Datacenter { get; set; }

    [DataMember(Name = "computeResource")]
    public string? ComputeResource { get; set; }

    [DataMember(Name = "datastores")]
    public string[]? Datastores { get; set; }

    [DataMember(Name = "networks")]
    public string[]? Networks { get; set; }

    [DataMember(Name = "stateDirectory")]
    public string? StateDirectory { get; set; }
}

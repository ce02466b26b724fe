namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>A VCH on a single ESXi host.</summary>
public sealed class EsxVch() : DeployedVch("esx");

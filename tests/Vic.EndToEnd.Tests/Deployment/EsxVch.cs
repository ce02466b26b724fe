namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>A VCH on a single ESXi host, without TLS.</summary>
public sealed class EsxVch() : DeployedVch("esx", withTls: false);

namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>The VCH that most tests share.</summary>
public sealed class VcenterVch() : DeployedVch("vcenter", withTls: true);

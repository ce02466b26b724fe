namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>A VCH whose endpoint is killed and whose images are damaged.</summary>
public sealed class ExpendableVch() : DeployedVch("vcenter", withTls: true);

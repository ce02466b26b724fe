namespace Vic.PowerShell.Tests.Commands;

/// <summary>The container cmdlets against a vCenter.</summary>
public sealed class ContainerCommandOnVcenterTests(VcenterContainerLab lab) : ContainerCommandTests(lab), IClassFixture<VcenterContainerLab>;

namespace Vic.PowerShell.Tests.Commands;

/// <summary>Containers on a vCenter.</summary>
public sealed class VcenterContainerLab() : ContainerLab("vcenter");

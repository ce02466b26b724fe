namespace Vic.PowerShell.Tests.Commands;

/// <summary>Containers on a single ESXi host.</summary>
public sealed class EsxContainerLab() : ContainerLab("esx");

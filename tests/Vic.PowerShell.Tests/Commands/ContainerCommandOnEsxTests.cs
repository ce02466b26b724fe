namespace Vic.PowerShell.Tests.Commands;

/// <summary>The container cmdlets against a single ESXi host.</summary>
public sealed class ContainerCommandOnEsxTests(EsxContainerLab lab) : ContainerCommandTests(lab), IClassFixture<EsxContainerLab>;

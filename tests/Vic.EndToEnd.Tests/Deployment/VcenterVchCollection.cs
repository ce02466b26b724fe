namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>Tests that share one VCH run one after the other: they share its names, too.</summary>
[CollectionDefinition]
public sealed class VcenterVchCollection : ICollectionFixture<VcenterVch>;

namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>Tests that share the VCH on an ESXi host.</summary>
[CollectionDefinition]
public sealed class EsxVchCollection : ICollectionFixture<EsxVch>;

namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>Tests that break the VCH they share, and mend it.</summary>
[CollectionDefinition]
public sealed class ExpendableVchCollection : ICollectionFixture<ExpendableVch>;

namespace Vic.Engine.Tests.Labs;

/// <summary>Where two VCHs are beside each other.</summary>
public enum NeighbourPlace
{
    /// <summary>In pools of one cluster, with port groups of their own.</summary>
    ClusterPools,

    /// <summary>In vApps of one cluster: their machines are in no folders.</summary>
    ClusterVApps,

    /// <summary>In a cluster without DRS: their machines are in one pool.</summary>
    ClusterWithoutDrs,

    /// <summary>On one ESXi host: their machines are in one folder.</summary>
    EsxHost,
}

namespace Vic.Endpoint.Limits;

/// <summary>How much a virtual container host may take.</summary>
/// <param name="Containers">How many containers there may be; 0 = any number.</param>
/// <param name="StorageBytes">What images and containers may take together; 0 = whatever there is.</param>
public sealed record EngineLimits(int Containers = 0, long StorageBytes = 0);

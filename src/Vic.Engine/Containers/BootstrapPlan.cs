namespace Vic.Engine.Containers;

/// <summary>Which bootstrap ISO a container VM would boot in place of which.</summary>
/// <param name="From">The version of the one that it boots now, or its path where no version is known.</param>
/// <param name="To">The version of its VCH's present one, or its path where no version is known.</param>
/// <param name="IsNeeded">False when it boots that one already.</param>
public sealed record BootstrapPlan(string From, string To, bool IsNeeded);

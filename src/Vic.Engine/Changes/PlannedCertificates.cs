using Vic.Engine.Certificates;

namespace Vic.Engine.Changes;

/// <summary>Certificates that a VCH is to get.</summary>
/// <param name="Make">Makes them, or takes those that there are.</param>
/// <param name="Description">What they are, for people.</param>
internal sealed record PlannedCertificates(Func<CertificateSet> Make, string Description);

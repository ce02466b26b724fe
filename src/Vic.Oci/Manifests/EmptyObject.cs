namespace Vic.Oci.Manifests;

/// <summary>The <c>{}</c> that stands behind every name in a JSON set.</summary>
public sealed record EmptyObject;

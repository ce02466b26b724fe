namespace Vic.EndToEnd.Tests.Deployment;

/// <summary>Why a promise is written down before it can be kept.</summary>
internal static class Pending
{
    public const string EndpointOnVSphere = "written ahead of its subject: the endpoint does not run containers on vSphere yet";
}

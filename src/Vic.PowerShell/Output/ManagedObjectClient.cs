namespace Vic.PowerShell.Output;

/// <summary>The server of a managed object.</summary>
public sealed class ManagedObjectClient
{
    internal ManagedObjectClient(string serviceUrl) => ServiceUrl = serviceUrl;

    /// <summary>The address of the vSphere API, for example <c>https://vcenter.example.org/sdk</c>.</summary>
    public string ServiceUrl { get; }

    /// <inheritdoc/>
    public override string ToString() => ServiceUrl;
}

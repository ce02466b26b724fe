using Vic.PowerShell.Sessions;
using Vic.Vim25;

namespace Vic.PowerShell.Output;

/// <summary>What PowerCLI's views show of every managed object: its reference, and where its server is.</summary>
public sealed class ManagedObjectView
{
    internal ManagedObjectView(ManagedObjectReference reference, VicServer server)
    {
        MoRef = reference;
        Client = new ManagedObjectClient(server.Client.Server.AbsoluteUri);
    }

    /// <summary>The reference: <c>Type</c> and <c>Value</c>.</summary>
    public ManagedObjectReference MoRef { get; }

    /// <summary>Where it is.</summary>
    public ManagedObjectClient Client { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{MoRef.Type}-{MoRef.Value}";
}

namespace Vic.Engine.Certificates;

/// <summary>A client certificate in a folder.</summary>
/// <param name="Folder">The folder's full path.</param>
/// <param name="Certificate">The certificate as PEM text.</param>
public sealed record ClientCertificateFile(string Folder, string Certificate)
{
    /// <summary>The name of the client: that of the folder.</summary>
    public string Name => Path.GetFileName(Folder);
}

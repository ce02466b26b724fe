namespace Vic.Testing.Registries;

public enum RegistryLogin
{
    /// <summary>Everybody may read and write.</summary>
    None,

    /// <summary>HTTP Basic.</summary>
    Basic,

    /// <summary>A bearer token from a token server.</summary>
    Token,
}

namespace Vic.Configuration;

/// <summary>A guest configuration value that cannot be what it claims to be. The message names the key, never the value.</summary>
public sealed class GuestConfigurationException : Exception
{
    /// <summary>Creates the error for one key.</summary>
    public GuestConfigurationException(string key, string reason)
        : base($"The guest configuration key '{key}' {reason}.")
    {
        Key = key;
    }

    /// <summary>The key whose value was refused.</summary>
    public string Key { get; }
}

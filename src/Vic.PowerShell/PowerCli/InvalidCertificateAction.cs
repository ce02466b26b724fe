namespace Vic.PowerShell.PowerCli;

/// <summary>PowerCLI's setting of the same name: what to do about a server certificate that nobody vouches for.</summary>
internal enum InvalidCertificateAction
{
    /// <summary>No scope sets it.</summary>
    Unset,

    /// <summary>Take it.</summary>
    Ignore,

    /// <summary>Take it, and say so.</summary>
    Warn,

    /// <summary>Ask; a cmdlet of this module does not ask, and refuses.</summary>
    Prompt,

    /// <summary>Refuse.</summary>
    Fail,
}

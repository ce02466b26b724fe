namespace Vic.Engine.Certificates;

/// <summary>The kind of key pair that new certificates get.</summary>
public enum KeyAlgorithm
{
    /// <summary>RSA; the size is the modulus in bits.</summary>
    Rsa,

    /// <summary>ECDSA on the NIST curves P-256, P-384 and P-521; the size is the curve's.</summary>
    Ecdsa,
}

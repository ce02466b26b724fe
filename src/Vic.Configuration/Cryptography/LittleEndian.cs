namespace Vic.Configuration.Cryptography;

/// <summary>Little-endian words in byte arrays; netstandard2.0 has no <c>BinaryPrimitives</c> without a further assembly.</summary>
internal static class LittleEndian
{
    internal static uint ReadUInt32(byte[] data, int offset) =>
#if NET8_0_OR_GREATER
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(offset));
#else
        data[offset] | ((uint)data[offset + 1] << 8) | ((uint)data[offset + 2] << 16) | ((uint)data[offset + 3] << 24);
#endif

    internal static void WriteUInt32(byte[] data, int offset, uint value)
    {
        data[offset] = (byte)value;
        data[offset + 1] = (byte)(value >> 8);
        data[offset + 2] = (byte)(value >> 16);
        data[offset + 3] = (byte)(value >> 24);
    }
}

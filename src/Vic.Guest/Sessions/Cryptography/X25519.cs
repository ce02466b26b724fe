using System.Buffers.Binary;

namespace Vic.Guest.Sessions.Cryptography;

/// <summary>Diffie-Hellman on Curve25519 (RFC 7748, section 5): no branch and no memory access depends on a secret.</summary>
public static class X25519
{
    /// <summary>Bytes of a private key, a public key and a shared secret.</summary>
    public const int KeyLength = 32;

    /// <summary>The public key of a private key.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> privateKey)
    {
        Span<byte> basePoint = stackalloc byte[KeyLength];
        basePoint.Clear();
        basePoint[0] = 9;
        return Multiply(privateKey, basePoint);
    }

    /// <summary>
    /// The shared secret of a private key and a peer's public key. It is all zeros when the peer sent a point of small order:
    /// <see cref="IsZero"/> tells.
    /// </summary>
    public static byte[] Multiply(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> point)
    {
        Span<byte> scalar = stackalloc byte[KeyLength];
        privateKey.CopyTo(scalar);
        scalar[0] &= 248;
        scalar[31] = (byte)((scalar[31] & 127) | 64);

        var x1 = FieldElement.Read(point);
        FieldElement x2 = FieldElement.One, z2 = default, x3 = x1, z3 = FieldElement.One;
        ulong swap = 0;
        for (var bit = 254; bit >= 0; bit--)
        {
            var current = (ulong)(scalar[bit / 8] >> (bit % 8)) & 1;
            swap ^= current;
            FieldElement.Swap(ref x2, ref x3, swap);
            FieldElement.Swap(ref z2, ref z3, swap);
            swap = current;

            var a = x2 + z2;
            var b = x2 - z2;
            var da = (x3 - z3) * a;
            var cb = (x3 + z3) * b;
            var aa = a * a;
            var bb = b * b;
            var e = aa - bb;
            var sum = da + cb;
            var difference = da - cb;
            x3 = sum * sum;
            z3 = x1 * (difference * difference);
            x2 = aa * bb;
            z2 = e * (aa + FieldElement.MultiplySmall(e, 121665));
        }

        FieldElement.Swap(ref x2, ref x3, swap);
        FieldElement.Swap(ref z2, ref z3, swap);
        scalar.Clear();
        var result = new byte[KeyLength];
        (x2 * z2.Invert()).Write(result);
        return result;
    }

    /// <summary>Whether a shared secret is worthless, in time that does not depend on it.</summary>
    public static bool IsZero(ReadOnlySpan<byte> secret)
    {
        var any = 0;
        foreach (var value in secret)
            any |= value;
        return any == 0;
    }

    /// <summary>A number modulo 2^255 - 19 in five limbs of 51 bits.</summary>
    private struct FieldElement
    {
        private const ulong Mask = (1UL << 51) - 1;

        private ulong l0, l1, l2, l3, l4;

        public static FieldElement One => new() { l0 = 1 };

        public static FieldElement Read(ReadOnlySpan<byte> bytes) => new()
        {
            l0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes) & Mask,
            l1 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & Mask,
            l2 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & Mask,
            l3 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & Mask,
            l4 = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & Mask,
        };

        public static void Swap(ref FieldElement a, ref FieldElement b, ulong swap)
        {
            var mask = 0 - swap;
            Swap(ref a.l0, ref b.l0, mask);
            Swap(ref a.l1, ref b.l1, mask);
            Swap(ref a.l2, ref b.l2, mask);
            Swap(ref a.l3, ref b.l3, mask);
            Swap(ref a.l4, ref b.l4, mask);
        }

        public static FieldElement operator +(in FieldElement a, in FieldElement b) => new()
        {
            l0 = a.l0 + b.l0,
            l1 = a.l1 + b.l1,
            l2 = a.l2 + b.l2,
            l3 = a.l3 + b.l3,
            l4 = a.l4 + b.l4,
        };

        /// <summary>Adds eight times the modulus first, so that no limb is ever negative.</summary>
        public static FieldElement operator -(in FieldElement a, in FieldElement b) => new()
        {
            l0 = a.l0 + ((1UL << 54) - 152) - b.l0,
            l1 = a.l1 + ((1UL << 54) - 8) - b.l1,
            l2 = a.l2 + ((1UL << 54) - 8) - b.l2,
            l3 = a.l3 + ((1UL << 54) - 8) - b.l3,
            l4 = a.l4 + ((1UL << 54) - 8) - b.l4,
        };

        public static FieldElement operator *(in FieldElement a, in FieldElement b)
        {
            ulong b1 = b.l1 * 19, b2 = b.l2 * 19, b3 = b.l3 * 19, b4 = b.l4 * 19;
            return Reduce(
                Product(a.l0, b.l0) + Product(a.l1, b4) + Product(a.l2, b3) + Product(a.l3, b2) + Product(a.l4, b1),
                Product(a.l0, b.l1) + Product(a.l1, b.l0) + Product(a.l2, b4) + Product(a.l3, b3) + Product(a.l4, b2),
                Product(a.l0, b.l2) + Product(a.l1, b.l1) + Product(a.l2, b.l0) + Product(a.l3, b4) + Product(a.l4, b3),
                Product(a.l0, b.l3) + Product(a.l1, b.l2) + Product(a.l2, b.l1) + Product(a.l3, b.l0) + Product(a.l4, b4),
                Product(a.l0, b.l4) + Product(a.l1, b.l3) + Product(a.l2, b.l2) + Product(a.l3, b.l1) + Product(a.l4, b.l0));
        }

        public static FieldElement MultiplySmall(in FieldElement a, ulong factor) => Reduce(
            Product(a.l0, factor), Product(a.l1, factor), Product(a.l2, factor), Product(a.l3, factor), Product(a.l4, factor));

        /// <summary>The inverse by Fermat: raises to 2^255 - 21.</summary>
        public readonly FieldElement Invert()
        {
            var z2 = this * this;
            var z9 = z2.Square(2) * this;
            var z11 = z9 * z2;
            var z5 = (z11 * z11) * z9;
            var z10 = z5.Square(5) * z5;
            var z20 = z10.Square(10) * z10;
            var z40 = z20.Square(20) * z20;
            var z50 = z40.Square(10) * z10;
            var z100 = z50.Square(50) * z50;
            var z200 = z100.Square(100) * z100;
            var z250 = z200.Square(50) * z50;
            return z250.Square(5) * z11;
        }

        public readonly void Write(Span<byte> bytes)
        {
            var value = this;
            value.Carry();
            value.Carry();

            // Adding 19 carries out of the top exactly when the value is not below the modulus.
            var q = (value.l0 + 19) >> 51;
            q = (value.l1 + q) >> 51;
            q = (value.l2 + q) >> 51;
            q = (value.l3 + q) >> 51;
            q = (value.l4 + q) >> 51;
            value.l0 += 19 * q;
            value.l1 += value.l0 >> 51;
            value.l0 &= Mask;
            value.l2 += value.l1 >> 51;
            value.l1 &= Mask;
            value.l3 += value.l2 >> 51;
            value.l2 &= Mask;
            value.l4 += value.l3 >> 51;
            value.l3 &= Mask;
            value.l4 &= Mask;

            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.l0 | (value.l1 << 51));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (value.l1 >> 13) | (value.l2 << 38));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (value.l2 >> 26) | (value.l3 << 25));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (value.l3 >> 39) | (value.l4 << 12));
        }

        private readonly FieldElement Square(int times)
        {
            var value = this;
            for (var i = 0; i < times; i++)
                value *= value;
            return value;
        }

        private void Carry()
        {
            l1 += l0 >> 51;
            l0 &= Mask;
            l2 += l1 >> 51;
            l1 &= Mask;
            l3 += l2 >> 51;
            l2 &= Mask;
            l4 += l3 >> 51;
            l3 &= Mask;
            l0 += 19 * (l4 >> 51);
            l4 &= Mask;
        }

        private static UInt128 Product(ulong a, ulong b)
        {
            var high = Math.BigMul(a, b, out var low);
            return new UInt128(high, low);
        }

        private static FieldElement Reduce(UInt128 r0, UInt128 r1, UInt128 r2, UInt128 r3, UInt128 r4)
        {
            r1 += r0 >> 51;
            r2 += r1 >> 51;
            r3 += r2 >> 51;
            r4 += r3 >> 51;
            var result = new FieldElement
            {
                l0 = (ulong)r0 & Mask,
                l1 = (ulong)r1 & Mask,
                l2 = (ulong)r2 & Mask,
                l3 = (ulong)r3 & Mask,
                l4 = (ulong)r4 & Mask,
            };
            var top = ((r4 >> 51) * 19) + result.l0;
            result.l0 = (ulong)top & Mask;
            result.l1 += (ulong)(top >> 51);
            return result;
        }

        private static void Swap(ref ulong a, ref ulong b, ulong mask)
        {
            var difference = (a ^ b) & mask;
            a ^= difference;
            b ^= difference;
        }
    }
}

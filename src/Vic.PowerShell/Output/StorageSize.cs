namespace Vic.PowerShell.Output;

/// <summary>Sizes as PowerCLI's users read them: in gigabytes of 1024 megabytes.</summary>
internal static class StorageSize
{
    private const double BytesOfGigabyte = 1024 * 1024 * 1024;

    public static double ToGigabytes(long bytes, int digits) => Math.Round(bytes / BytesOfGigabyte, digits);
}

using Vic.Engine.Inventory;
using Vic.Engine.Validation;
using Vic.Vim25;

namespace Vic.Engine.Preflight;

/// <summary>Whether vCenter keeps network serial ports when it moves a machine (vmware/vic, lib/install/validate).</summary>
internal static class SerialPersistenceCheck
{
    public const string Option = "config.vpxd.SerialPort.PersistNetworkBacking";

    public static async Task CheckAsync(VimClient client, CheckList checks, CancellationToken cancellationToken)
    {
        if (!client.IsVirtualCenter || client.Content.Setting is not { } reference)
        {
            return;
        }

        checks.Begin("SerialPersistence");
        if (!await IsSetAsync(client, reference, cancellationToken).ConfigureAwait(false))
        {
            checks.Warn(
                $"vCenter's advanced setting {Option} is not true; a container without a bridge network loses its serial ports with vMotion.",
                $"Set it: Get-AdvancedSetting -Entity $server -Name {Option} | Set-AdvancedSetting -Value $true");
        }

        checks.Pass("vCenter keeps network serial ports with vMotion.");
    }

    private static async Task<bool> IsSetAsync(VimClient client, ManagedObjectReference reference, CancellationToken cancellationToken)
    {
        try
        {
            var options = await new OptionManager(client, reference).QueryOptionsAsync(Option, cancellationToken).ConfigureAwait(false);
            return options?.FirstOrDefault()?.Value?.ToString() is { } value && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        }
        catch (VimFaultException exception) when (exception.Fault is InvalidName || Faults.IsUnknownMethod(exception))
        {
            return false;
        }
    }
}

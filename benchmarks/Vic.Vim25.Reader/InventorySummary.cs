namespace Vic.Vim25.Reader;

/// <summary>What was read, in figures that all clients must agree on.</summary>
internal sealed class InventorySummary
{
    private int _machines;
    private int _running;
    private int _options;
    private long _characters;

    public void Add(ObjectProperties machine)
    {
        _machines++;
        _characters += machine.Get<string>("name")!.Length;
        _running += machine.Get<VirtualMachinePowerState>("runtime.powerState") == VirtualMachinePowerState.PoweredOn ? 1 : 0;
        foreach (var option in machine.Get<List<OptionValue>>("config.extraConfig")!)
        {
            _options++;
            _characters += option.Key.Length + ((string)option.Value!).Length;
        }
    }

    public override string ToString() => $"{_machines} machines, {_running} running, {_options} options, {_characters} characters";
}

using Vic.Vim25;

namespace Vic.Lab.Inventory.Models;

/// <summary>The advanced settings that the lab's servers have, with their types.</summary>
internal static class OptionCatalog
{
    /// <summary>
    /// Whether network serial ports survive vMotion: vCenter has the setting only once it is set, as a word (vmware/vic, lib/install/validate).
    /// </summary>
    public const string SerialPersistence = "config.vpxd.SerialPort.PersistNetworkBacking";

    /// <summary>The settings of a vCenter.</summary>
    public static IReadOnlyList<Option> VCenter { get; } =
    [
        new("VirtualCenter.InstanceName", Text(), "vic-lab"),
        new("VirtualCenter.FQDN", Text(), "127.0.0.1"),
        new("config.vpxd.sso.admin.uri", Text(isReadOnly: true), string.Empty),
        new(SerialPersistence, Choice("true", "false"), null),
        new("event.maxAge", Number(1, 3650), 30),
        new("event.maxAgeEnabled", Switch(), true),
        new("task.maxAge", Number(1, 3650), 30),
        new("task.maxAgeEnabled", Switch(), true),
        new("log.level", Choice("none", "error", "warning", "info", "verbose", "trivia"), "info"),
        new("mail.smtp.server", Text(), string.Empty),
        new("mail.smtp.port", Number(1, 65535), 25),
    ];

    /// <summary>The settings of the agent of a stand-alone host.</summary>
    public static IReadOnlyList<Option> Esx { get; } =
    [
        new("Vpx.Vpxa.config.host_ip", Text(), "127.0.0.1"),
        new("Vpx.Vpxa.config.log.level", Choice("none", "error", "warning", "info", "verbose", "trivia"), "info"),
        new("Config.HostAgent.log.level", Choice("none", "error", "warning", "info", "verbose", "trivia"), "info"),
    ];

    /// <summary>The advanced settings of a host itself.</summary>
    public static IReadOnlyList<Option> Host { get; } =
    [
        new("UserVars.SuppressShellWarning", LongNumber(0, 1), 0L),
        new("UserVars.ESXiShellTimeOut", LongNumber(0, 86400), 0L),
        new("Net.FollowHardwareMac", LongNumber(0, 1), 1L),
        new("Syslog.global.logHost", Text(), string.Empty),
        new("Annotations.WelcomeMessage", Text(), string.Empty),
    ];

    /// <summary>The definitions of settings.</summary>
    public static List<OptionDef> Supported(IReadOnlyList<Option> options) => [.. options.Select(option => new OptionDef
    {
        Key = option.Key,
        Label = option.Key[(option.Key.LastIndexOf('.') + 1)..],
        Summary = option.Key,
        OptionType = option.Type,
    })];

    /// <summary>The settings that a fresh server has.</summary>
    public static List<OptionValue> Settings(IReadOnlyList<Option> options)
        => [.. options.Where(option => option.Value is not null).Select(option => new OptionValue { Key = option.Key, Value = option.Value })];

    private static StringOption Text(bool isReadOnly = false) => new() { DefaultValue = string.Empty, ValueIsReadonly = isReadOnly };

    private static IntOption Number(int minimum, int maximum) => new() { Min = minimum, Max = maximum, DefaultValue = minimum };

    private static LongOption LongNumber(long minimum, long maximum) => new() { Min = minimum, Max = maximum, DefaultValue = minimum };

    private static BoolOption Switch() => new() { Supported = true, DefaultValue = true };

    private static ChoiceOption Choice(params string[] words)
        => new() { ChoiceInfo = [.. words.Select(word => new ElementDescription { Key = word, Label = word, Summary = word })] };

    internal sealed record Option(string Key, OptionType Type, object? Value);
}

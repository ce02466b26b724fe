using System.Globalization;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>Which values an option may have.</summary>
internal static class OptionRules
{
    private const int TextLimit = 4096;

    /// <exception cref="VimFaultException">The value is none that the option may have.</exception>
    public static void Check(OptionDef option, object? value)
    {
        var type = option.OptionType;
        if (type.ValueIsReadonly ?? false)
        {
            throw Faults.InvalidArgument("changedValue", $"'{option.Key}' cannot be changed.");
        }

        var wanted = type switch
        {
            BoolOption => value is bool ? null : "true or false, as a boolean",
            IntOption number => value is int chosen && chosen >= number.Min && chosen <= number.Max
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"a number from {number.Min} to {number.Max}"),
            LongOption number => value is long or int && Convert.ToInt64(value, CultureInfo.InvariantCulture) is var chosen
                && chosen >= number.Min && chosen <= number.Max
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"a number from {number.Min} to {number.Max}"),
            ChoiceOption choice => choice.ChoiceInfo.Exists(word => string.Equals(word.Key, Word(value), StringComparison.OrdinalIgnoreCase))
                ? null
                : $"one of {string.Join(", ", choice.ChoiceInfo.Select(word => word.Key))}",
            _ => value is string { Length: <= TextLimit } ? null : "a text",
        };
        if (wanted is not null)
        {
            throw Faults.InvalidArgument("changedValue", $"'{option.Key}' must be {wanted}.");
        }
    }

    // PowerShell writes a word of true or false as a boolean.
    private static string? Word(object? value) => value is bool flag ? (flag ? "true" : "false") : value as string;
}

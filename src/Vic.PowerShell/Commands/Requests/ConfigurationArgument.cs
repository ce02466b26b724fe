using System.Collections;
using System.Management.Automation;
using Vic.Engine;
using Vic.Engine.Documents;

namespace Vic.PowerShell.Commands.Requests;

/// <summary>Reads what a user passes for a configuration: a file, the JSON text itself, or an object or hashtable with its names and values.</summary>
internal static class ConfigurationArgument
{
    private const long LongestFile = 1 << 20;

    /// <param name="argument">What was passed.</param>
    /// <param name="fullPath">The path that a user's path means.</param>
    /// <exception cref="VicException">The argument is no configuration; all problems are listed.</exception>
    public static VchConfiguration Read(PSObject argument, Func<string, string> fullPath)
    {
        if (OptionTable.TryRead(argument) is { } table)
        {
            return VchConfiguration.Read(Plain(table));
        }

        var text = argument.BaseObject is FileInfo file ? file.FullName : argument.BaseObject as string;
        return text is null
            ? throw new VicException("NotAConfiguration", VicErrorKind.InvalidInput, $"-Configuration takes a file, JSON or an object; '{argument}' is none of them.")
            : VchConfiguration.Parse(text.TrimStart().StartsWith("{", StringComparison.Ordinal) ? text : ReadFile(fullPath(text)));
    }

    private static string ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LongestFile ? File.ReadAllText(path) : throw new IOException("it is too long for a configuration.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException("ConfigurationNotReadable", VicErrorKind.NotFound, $"'{path}' cannot be read: {exception.Message}", exception) { Target = path };
        }
    }

    private static Dictionary<string, object?> Plain(OptionTable table) => table.Values.ToDictionary(pair => pair.Key, pair => Plain(pair.Value));

    private static object? Plain(object? value)
    {
        if (value is null)
        {
            return null;
        }

        var wrapped = PSObject.AsPSObject(value);
        if (OptionTable.TryRead(wrapped) is { } table)
        {
            return Plain(table);
        }

        return wrapped.BaseObject switch
        {
            string text => text,
            bool flag => flag,
            SwitchParameter given => given.IsPresent,
            byte or short or int or long => Convert.ToInt64(wrapped.BaseObject, System.Globalization.CultureInfo.InvariantCulture),
            float or double or decimal => Convert.ToDouble(wrapped.BaseObject, System.Globalization.CultureInfo.InvariantCulture),
            IEnumerable items => items.Cast<object?>().Select(Plain).ToList(),
            var other => other.ToString(),
        };
    }
}

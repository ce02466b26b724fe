using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Text;
using Vic.Build.Execution;

namespace Vic.Build.Help;

/// <summary>Imports the compiled module into a real engine and writes down what it exports.</summary>
internal static class ModuleInspector
{
    private const int Width = 100;

    /// <summary>Reads the module of a manifest.</summary>
    /// <exception cref="BuildFailedException">The module cannot be imported.</exception>
    public static ModuleFacts Inspect(string manifest)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        try
        {
            var module = (PSModuleInfo)shell
                .AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("PassThru").AddParameter("ErrorAction", "Stop")
                .Invoke()[0].BaseObject;
            return new ModuleFacts(
                module.Name,
                module.Guid,
                module.ExportedCmdlets.Values.OrderBy(command => command.Name, StringComparer.OrdinalIgnoreCase).Select(command => Read(command, module)).ToList());
        }
        catch (RuntimeException exception)
        {
            throw new BuildFailedException($"'{manifest}' cannot be imported: {exception.Message}");
        }
    }

    private static CommandFacts Read(CmdletInfo command, PSModuleInfo module)
    {
        var type = command.ImplementingType;
        var summaries = SourceSummaries.Of(type.Assembly);
        var defaults = Activator.CreateInstance(type)!;
        var parameters = command.Parameters.Values
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new CommandFacts(
            command.Name,
            summaries.Of(type),
            command.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal).Select(set => Syntax(command.Name, set)).ToList(),
            parameters.Select(parameter => Read(parameter, defaults)).ToList(),
            parameters.ToDictionary(parameter => parameter.Name, parameter => Summary(parameter.Name, type, summaries)),
            module.ExportedAliases.Values.Where(alias => alias.Definition == command.Name).Select(alias => alias.Name).Order(StringComparer.Ordinal).ToList(),
            parameters.Where(TakesPipeline).Select(parameter => TypeName(parameter.ParameterType)).Distinct().ToList(),
            command.OutputType.Select(output => output.Name).Distinct().ToList());
    }

    private static bool TakesPipeline(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName);

    private static ParameterFacts Read(ParameterMetadata parameter, object defaults) => new(
        parameter.Name,
        TypeName(parameter.ParameterType),
        parameter.ParameterSets.Values.All(set => set.IsMandatory) ? "" : Default(parameter, defaults),
        parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
        [.. parameter.Aliases],
        parameter.ParameterSets
            .OrderBy(set => set.Key, StringComparer.Ordinal)
            .Select(set => new ParameterSetFacts(
                set.Key == ParameterAttribute.AllParameterSets ? "(All)" : set.Key,
                set.Value.Position == int.MinValue ? "Named" : set.Value.Position.ToString(CultureInfo.InvariantCulture),
                set.Value.IsMandatory,
                set.Value.ValueFromPipeline,
                set.Value.ValueFromPipelineByPropertyName,
                set.Value.ValueFromRemainingArguments))
            .ToList(),
        parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow),
        AcceptedValues(parameter),
        parameter.Attributes.OfType<ParameterAttribute>().Select(attribute => attribute.HelpMessage).FirstOrDefault(message => message is not null) ?? "");

    private static string Default(ParameterMetadata parameter, object defaults) => Property(defaults.GetType(), parameter.Name)?.GetValue(defaults) switch
    {
        null or Array or PSObject or PSCredential => "",
        SwitchParameter given => given.IsPresent ? "True" : "False",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static List<string> AcceptedValues(ParameterMetadata parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault() is { } set)
        {
            return [.. set.ValidValues];
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        type = type.GetElementType() ?? type;
        return type.IsEnum ? [.. Enum.GetNames(type)] : [];
    }

    private static string Summary(string parameter, Type type, SourceSummaries summaries) => parameter switch
    {
        "WhatIf" => "Shows what would happen, and changes nothing.",
        "Confirm" => "Asks before anything is changed.",
        _ => Property(type, parameter) is { } property ? summaries.Of(property) : "",
    };

    private static PropertyInfo? Property(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance);

    private static SyntaxFacts Syntax(string command, CommandParameterSetInfo set)
    {
        var parameters = set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).ToList();
        var positional = parameters.Where(parameter => parameter.Position != int.MinValue).OrderBy(parameter => parameter.Position);
        var named = parameters.Where(parameter => parameter.Position == int.MinValue);
        var words = positional.Concat(named.Where(parameter => parameter.IsMandatory)).Concat(named.Where(parameter => !parameter.IsMandatory)).Select(Syntax);
        var text = new StringBuilder();
        var line = command;
        foreach (var word in words.Append("[<CommonParameters>]"))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line = "";
            }

            line += $" {word}";
        }

        return new SyntaxFacts(set.Name, set.IsDefault, text.Append(line).ToString());
    }

    private static string Syntax(CommandParameterInfo parameter)
    {
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        var name = parameter.Position != int.MinValue && !isSwitch ? $"[-{parameter.Name}]" : $"-{parameter.Name}";
        var word = isSwitch ? name : $"{name} <{ShortTypeName(parameter.ParameterType)}>";
        return parameter.IsMandatory ? word : $"[{word}]";
    }

    private static string TypeName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? $"System.Nullable`1[{inner.FullName}]" : type.FullName!;

    // The word of an accelerator where there is one, as the engine shows it; a type without one is shown by its full name.
    private static string ShortTypeName(Type type)
    {
        var shown = Nullable.GetUnderlyingType(type) ?? type;
        var name = LanguagePrimitives.ConvertTo<string>(shown);
        return name.Contains('.', StringComparison.Ordinal) ? shown.Name : name;
    }
}

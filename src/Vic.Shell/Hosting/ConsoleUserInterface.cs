using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace Vic.Shell.Hosting;

/// <summary>Output, errors and questions on the console; errors, warnings and the like go to standard error.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ProgressLine _progress = new();
    private readonly ConsoleRawUserInterface _raw = new();

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;

    public void ClearProgress() => _progress.Clear();

    public override void Write(string value)
    {
        _progress.Clear();
        Console.Out.Write(ForConsole(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Colored(Console.Out, Console.IsOutputRedirected, foregroundColor, value);

    public override void WriteLine(string value)
    {
        _progress.Clear();
        Console.Out.WriteLine(ForConsole(value));
    }

    public override void WriteErrorLine(string value) => Note(ConsoleColor.Red, value);

    public override void WriteDebugLine(string message) => Note(ConsoleColor.Yellow, $"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => Note(ConsoleColor.Yellow, $"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => Note(ConsoleColor.Yellow, $"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public override string ReadLine() => Console.ReadLine() ?? "";

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (var character in Console.ReadLine() ?? "")
            {
                secret.AppendChar(character);
            }

            return secret;
        }

        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Head(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            Console.Error.Write($"{field.Name}: ");
            answers[field.Name] = field.ParameterTypeName switch
            {
                nameof(SecureString) => PSObject.AsPSObject(ReadLineAsSecureString()),
                nameof(PSCredential) => PSObject.AsPSObject(PromptForCredential("", "", "", "")),
                _ => PSObject.AsPSObject(ReadLine()),
            };
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Head(caption, message);
        var labels = choices.Select(choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        while (true)
        {
            Console.Error.Write($"{string.Join(", ", labels)}? ");
            var answer = Console.ReadLine()?.Trim();
            if (string.IsNullOrEmpty(answer))
            {
                return defaultChoice;
            }

            var match = labels.FindIndex(label => label.StartsWith(answer, ignoreCase: true, CultureInfo.InvariantCulture));
            if (match >= 0)
            {
                return match;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        Head(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Console.Error.Write("User: ");
            userName = ReadLine();
        }

        Console.Error.Write($"Password for {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    // The engine decorates table headers whatever the style says; a file or a pipe gets the plain text.
    private static string ForConsole(string value) =>
        Console.IsOutputRedirected ? new StringDecorated(value).ToString(OutputRendering.PlainText) : value;

    private void Head(string caption, string message)
    {
        _progress.Clear();
        foreach (var text in new[] { caption, message }.Where(text => !string.IsNullOrEmpty(text)))
        {
            Console.Error.WriteLine(text);
        }
    }

    private void Note(ConsoleColor color, string text) =>
        Colored(Console.Error, Console.IsErrorRedirected, color, text + Environment.NewLine);

    private void Colored(TextWriter writer, bool redirected, ConsoleColor color, string text)
    {
        _progress.Clear();
        if (redirected)
        {
            writer.Write(new StringDecorated(text).ToString(OutputRendering.PlainText));
            return;
        }

        Console.ForegroundColor = color;
        writer.Write(text);
        Console.ResetColor();
    }
}

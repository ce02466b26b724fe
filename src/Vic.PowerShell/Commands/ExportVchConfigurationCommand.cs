using System.Management.Automation;
using System.Text;
using Vic.Engine;
using Vic.Engine.Documents;
using Vic.PowerShell.Output;
using Vic.PowerShell.Pipeline;

namespace Vic.PowerShell.Commands;

/// <summary>Tells what would make a VCH again, without secrets: as JSON for New-VCH -Configuration, or as a command.</summary>
[Cmdlet(VerbsData.Export, "VCHConfiguration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportVchConfigurationCommand : VchCmdlet
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private string? _written;

    /// <summary>The file to write, or a folder for one file a VCH. Without it the text is the output.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Gives a New-VCH command in place of JSON.</summary>
    [Parameter]
    public SwitchParameter AsCommand { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var target in Targets())
        {
            if (TryRun(
                (progress, cancellationToken) => new VchExport(target.Server.Client).ReadAsync(target.Vch, progress, cancellationToken), target.Vch.Name, out var configuration))
            {
                Write(target.Vch.Name, AsCommand ? NewVchCommandText.Write(configuration!, target.Server.User) : configuration!.ToJson());
            }
        }
    }

    private void Write(string name, string text)
    {
        if (Path is null)
        {
            WriteObject(text.TrimEnd());
            return;
        }

        var file = FileFor(name);
        if (ShouldProcess(file, $"Write the configuration of '{name}'")
            && TryRun((_, _) => Task.Run(() => WriteFile(file, text)), file, out var written))
        {
            _written = file;
            WriteObject(written);
        }
    }

    private string FileFor(string name)
    {
        var path = FullPath(Path!);
        if (Directory.Exists(path))
        {
            return System.IO.Path.Combine(path, name + (AsCommand ? ".ps1" : ".json"));
        }

        if (_written == path)
        {
            Refuse("OneFileForMany", VicErrorKind.InvalidInput, $"'{path}' holds the configuration of another VCH already.", name, "Pass a folder that exists; each VCH gets a file in it.");
        }

        return path;
    }

    private static FileInfo WriteFile(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text, Utf8);
            return new FileInfo(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new VicException("ConfigurationNotWritable", VicErrorKind.Denied, $"'{file}' cannot be written: {exception.Message}", exception) { Target = file };
        }
    }
}

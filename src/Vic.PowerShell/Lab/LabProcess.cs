using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using Vic.Engine;

namespace Vic.PowerShell.Lab;

/// <summary>Starts and stops the lab, which is a program of its own.</summary>
internal static class LabProcess
{
    private const int MaximumLineLength = 64 * 1024;
    private const int MaximumErrorLines = 20;
    private const int TerminateSignal = 15;

    /// <summary>Starts the lab and waits for the line that says it is ready.</summary>
    /// <exception cref="VicException"><c>dotnet</c> is missing, or the lab ended before it was ready.</exception>
    public static async Task<VicLab> StartAsync(string program, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", string.Join(" ", new[] { program }.Concat(options).Select(Quote)))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Launch(start);
        try
        {
            using var killing = cancellationToken.Register(() => Kill(process));
            var errors = CollectErrors(process);
            var line = await ReadLineAsync(process.StandardOutput).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var facts = line is null ? null : Parse(line);
            if (facts is null)
            {
                Kill(process);
                throw new VicException("LabFailed", VicErrorKind.Failed, $"The lab ended before it was ready. {Text(errors)}".TrimEnd());
            }

            // The lab may write more; a full pipe would stop it.
            _ = DrainAsync(process.StandardOutput);
            return new VicLab(facts, process);
        }
        catch
        {
            Kill(process);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends the lab and everything it started.</summary>
    public static async Task StopAsync(VicLab lab, TimeSpan patience, CancellationToken cancellationToken)
    {
        var process = lab.Process;
        if (process.HasExited)
        {
            return;
        }

        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || SendSignal(process.Id, TerminateSignal) != 0)
        {
            Kill(process);
        }

        var end = DateTime.UtcNow + patience;
        while (!process.HasExited)
        {
            if (DateTime.UtcNow > end)
            {
                Kill(process);
            }

            await Task.Delay(50, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new VicException("DotnetNotFound", VicErrorKind.NotFound, "The lab needs the .NET SDK or runtime: 'dotnet' is not in the PATH.", exception)
            {
                RecommendedAction = "Install .NET 10 from https://dot.net and open a new shell.",
            };
        }
    }

    private static LabFacts? Parse(string line)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
            return (LabFacts?)new DataContractJsonSerializer(typeof(LabFacts)).ReadObject(stream);
        }
        catch (SerializationException)
        {
            return null;
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1];
        while (text.Length < MaximumLineLength && await reader.ReadAsync(buffer, 0, 1).ConfigureAwait(false) == 1)
        {
            if (buffer[0] == '\n')
            {
                return text.ToString();
            }

            text.Append(buffer[0]);
        }

        return null;
    }

    private static async Task DrainAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false) > 0)
        {
        }
    }

    private static Queue<string> CollectErrors(Process process)
    {
        var lines = new Queue<string>();
        process.ErrorDataReceived += (_, data) =>
        {
            if (data.Data is { } line)
            {
                lock (lines)
                {
                    lines.Enqueue(line);
                    if (lines.Count > MaximumErrorLines)
                    {
                        lines.Dequeue();
                    }
                }
            }
        };
        process.BeginErrorReadLine();
        return lines;
    }

    private static string Text(Queue<string> errors)
    {
        lock (errors)
        {
            return string.Join(Environment.NewLine, errors);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private static string Quote(string argument) => $"\"{argument.Replace("\"", "\\\"")}\"";

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}

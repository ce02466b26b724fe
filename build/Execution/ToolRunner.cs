using System.ComponentModel;
using System.Diagnostics;

namespace Vic.Build.Execution;

/// <summary>Starts external tools from the repository's root and ends them with the build.</summary>
internal sealed class ToolRunner(string root)
{
    /// <summary>Runs a tool with its output on the console.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(ToolInvocation tool, CancellationToken cancellationToken) =>
        RunAsync(tool, capture: null, cancellationToken);

    /// <summary>Runs a tool that must succeed.</summary>
    /// <exception cref="BuildFailedException">The tool is missing or its exit code is not 0.</exception>
    public async Task RequireAsync(ToolInvocation tool, CancellationToken cancellationToken)
    {
        var code = await RunAsync(tool, cancellationToken);
        if (code != 0)
        {
            throw new BuildFailedException($"'{tool}' ended with exit code {code}");
        }
    }

    /// <summary>Runs a tool that must succeed and returns what it wrote to its standard output.</summary>
    /// <exception cref="BuildFailedException">The tool is missing or its exit code is not 0.</exception>
    public async Task<string> CaptureAsync(ToolInvocation tool, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        var code = await RunAsync(tool, output, cancellationToken);
        return code == 0
            ? output.ToString()
            : throw new BuildFailedException($"'{tool}' ended with exit code {code}");
    }

    private async Task<int> RunAsync(ToolInvocation tool, TextWriter? capture, CancellationToken cancellationToken)
    {
        using var process = Start(tool, redirect: capture is not null);
        try
        {
            if (capture is not null)
            {
                await capture.WriteAsync(await process.StandardOutput.ReadToEndAsync(cancellationToken));
            }

            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(ToolInvocation tool, bool redirect)
    {
        var start = new ProcessStartInfo(tool.FileName, tool.Arguments)
        {
            WorkingDirectory = tool.WorkingDirectory ?? root,
            RedirectStandardOutput = redirect,
        };
        foreach (var (name, value) in tool.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new BuildFailedException($"'{tool.FileName}' cannot be started: {missing.Message}");
        }
    }
}

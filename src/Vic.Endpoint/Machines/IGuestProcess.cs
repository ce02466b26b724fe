namespace Vic.Endpoint.Machines;

/// <summary>A process in a guest. Streams end when the process and its heirs have closed them.</summary>
public interface IGuestProcess
{
    /// <summary>What the process reads. Ends with <see cref="CloseInputAsync"/>.</summary>
    Stream Input { get; }

    /// <summary>What it writes to standard output, or to its terminal.</summary>
    Stream Output { get; }

    /// <summary>What it writes to standard error; null with a terminal.</summary>
    Stream? Error { get; }

    /// <summary>The exit code once it has ended (128 + n when signal n killed it).</summary>
    Task<int> Exited { get; }

    /// <summary>Starts it. A refusal of the guest is a <see cref="LaunchException"/>.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Lets the process see the end of its input.</summary>
    Task CloseInputAsync(CancellationToken cancellationToken);

    /// <summary>Changes the size of its terminal.</summary>
    Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken);

    /// <summary>Sends it a signal.</summary>
    Task SignalAsync(int signal, CancellationToken cancellationToken);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers.Creation;
using Vic.Endpoint.Errors;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Containers.Exec;

/// <summary>Runs further processes in containers.</summary>
public sealed class ExecService(ContainerEvents events)
{
    /// <summary>What docker's daemon gives a process that could not be executed.</summary>
    private const int CannotRun = 126;

    private readonly ConcurrentDictionary<string, ExecInstance> _instances = new(StringComparer.Ordinal);

    /// <summary>Prepares a process.</summary>
    public ExecInstance Create(Container container, ExecCreateRequest request)
    {
        if (request.Cmd is not { Count: > 0 })
        {
            throw EngineException.InvalidParameter("No exec command specified");
        }

        if (request.Privileged)
        {
            throw EngineException.InvalidParameter("--privileged is not supported: a process in a container VM has no further privileges to get.");
        }

        _ = container.RequireSession();
        var instance = new ExecInstance(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), container, request);
        _instances[instance.Id] = instance;
        _ = ForgetWithContainerAsync(instance);
        events.Publish(container, "exec_create: " + string.Join(' ', request.Cmd), ("execID", instance.Id));
        return instance;
    }

    /// <summary>Finds an instance by its id.</summary>
    public ExecInstance Find(string id) =>
        _instances.TryGetValue(id, out var instance) ? instance : throw EngineException.NotFound($"No such exec instance: {id}");

    /// <summary>The ids of a container's instances; null when there are none.</summary>
    public IReadOnlyList<string>? IdsOf(Container container)
    {
        var ids = _instances.Values.Where(instance => instance.Container == container && instance.IsRunning).Select(instance => instance.Id).ToList();
        return ids.Count == 0 ? null : ids;
    }

    /// <summary>Refuses a second start and a container that does not run; call before the connection leaves HTTP.</summary>
    public static void Claim(ExecInstance instance)
    {
        lock (instance)
        {
            if (instance.WasStarted)
            {
                throw EngineException.Conflict($"exec {instance.Id} has already run");
            }

            _ = instance.Container.RequireSession();
            instance.WasStarted = true;
        }
    }

    /// <summary>Starts a claimed instance. A refusal of the guest is a <see cref="LaunchException"/>, and its exit code is kept.</summary>
    public async Task StartAsync(ExecInstance instance, CancellationToken cancellationToken)
    {
        var container = instance.Container;
        var request = instance.Request;
        var process = container.RequireSession().CreateProcess(new GuestCommand
        {
            Id = instance.Id,
            Arguments = request.Cmd!,
            Environment = ConfigMerge.ProcessEnvironment(container.Record.Config, request.Env, request.Tty),
            User = request.User.Length > 0 ? request.User : container.Record.Config.User,
            WorkingDirectory = request.WorkingDir.Length > 0 ? request.WorkingDir : container.Record.Config.WorkingDir,
            Terminal = request.Tty,
            OpenInput = request.AttachStdin,
        });
        try
        {
            instance.Process = process;
            instance.Streams.Bind(process);
            await process.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            instance.ExitCode = failure is LaunchException ? CannotRun : 128;
            instance.Streams.Abandon();
            throw;
        }

        instance.IsRunning = true;
        events.Publish(container, "exec_start: " + string.Join(' ', request.Cmd!), ("execID", instance.Id));
        _ = ObserveAsync(instance, process);
    }

    /// <summary>Waits until an instance has ended and its exit code is known.</summary>
    public static async Task WaitAsync(ExecInstance instance, CancellationToken cancellationToken)
    {
        if (instance.Process is { } process)
        {
            await Task.WhenAny(process.Exited, instance.Container.NextExit, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)).ConfigureAwait(false);
            if (process.Exited.IsCompletedSuccessfully)
            {
                instance.ExitCode = await process.Exited.ConfigureAwait(false);
                instance.IsRunning = false;
            }
        }
    }

    private async Task ObserveAsync(ExecInstance instance, IGuestProcess process)
    {
        var containerEnd = instance.Container.NextExit;
        await Task.WhenAny(process.Exited, containerEnd).ConfigureAwait(false);
        instance.ExitCode = process.Exited.IsCompletedSuccessfully ? await process.Exited.ConfigureAwait(false) : 128 + Signals.Kill;
        instance.IsRunning = false;
        if (!process.Exited.IsCompletedSuccessfully)
        {
            instance.Streams.Abandon();
        }

        events.Publish(
            instance.Container, "exec_die",
            ("execID", instance.Id), ("exitCode", instance.ExitCode.Value.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task ForgetWithContainerAsync(ExecInstance instance)
    {
        await Task.WhenAny(instance.Container.NextExit, instance.Container.Removed).ConfigureAwait(false);

        // Clients ask for the exit code after the output has ended.
        await Task.Delay(TimeSpan.FromMinutes(5)).ConfigureAwait(false);
        _instances.TryRemove(instance.Id, out _);
    }
}

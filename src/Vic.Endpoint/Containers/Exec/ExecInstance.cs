using Vic.Endpoint.Api.Models;
using Vic.Endpoint.Containers.Attach;
using Vic.Endpoint.Machines;

namespace Vic.Endpoint.Containers.Exec;

/// <summary>A further process of a container, from its making to a while after its end.</summary>
public sealed class ExecInstance
{
    /// <summary>Makes an instance that has not started.</summary>
    public ExecInstance(string id, Container container, ExecCreateRequest request)
    {
        Id = id;
        Container = container;
        Request = request;
    }

    /// <summary>64 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Its container.</summary>
    public Container Container { get; }

    /// <summary>What was asked for.</summary>
    public ExecCreateRequest Request { get; }

    /// <summary>Its streams.</summary>
    public ProcessStreams Streams { get; } = new();

    /// <summary>The process, once it was started.</summary>
    public IGuestProcess? Process { get; set; }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning { get; set; }

    /// <summary>How it ended; null before.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Whether somebody started it; it starts once.</summary>
    public bool WasStarted { get; set; }
}

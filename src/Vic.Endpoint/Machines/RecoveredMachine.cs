using System.Net;
using Vic.Endpoint.Containers;

namespace Vic.Endpoint.Machines;

/// <summary>A container VM found at the endpoint's start.</summary>
/// <param name="Record">What its configuration remembers of the container.</param>
/// <param name="Machine">The VM.</param>
/// <param name="IsPoweredOn">Whether it runs.</param>
/// <param name="LastRun">What the guest reported of its last or present run; null when it never ran.</param>
/// <param name="Address">Its address on the bridge network in its last or present run; null when it has none.</param>
public sealed record RecoveredMachine(
    ContainerRecord Record, IContainerMachine Machine, bool IsPoweredOn, GuestReport? LastRun, IPAddress? Address = null);

namespace Vic.Lab.Tests.Strangers.Tours;

/// <summary>A server that strangers tour. The second source of each promise is govmomi's simulator.</summary>
public enum TouredServer
{
    LabVCenter,
    LabEsx,
    SimulatorVCenter,
    SimulatorEsx,
}

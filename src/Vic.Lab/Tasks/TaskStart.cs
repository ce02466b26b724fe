using Vic.Lab.Inventory;

namespace Vic.Lab.Tasks;

/// <summary>What a task is and on whose behalf it runs.</summary>
/// <param name="Entity">The entity that it works on, if any.</param>
/// <param name="DescriptionId">Such as <c>VirtualMachine.powerOn</c>.</param>
/// <param name="Method">The method's name on the wire, such as <c>PowerOnVM_Task</c>.</param>
/// <param name="UserName">Who started it.</param>
internal sealed record TaskStart(Entity? Entity, string DescriptionId, string Method, string UserName);

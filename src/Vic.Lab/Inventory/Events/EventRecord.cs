using Vic.Vim25;

namespace Vic.Lab.Inventory;

/// <summary>An event, and where in the inventory it happened: what it is about may be gone when somebody asks.</summary>
/// <param name="Event">The event.</param>
/// <param name="Subjects">The entities that it names.</param>
/// <param name="Above">The entities above them at that time.</param>
internal sealed record EventRecord(Event Event, IReadOnlyList<ManagedObjectReference> Subjects, IReadOnlyList<ManagedObjectReference> Above);

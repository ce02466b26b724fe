namespace Vic.Lab.Inventory.Tags;

/// <summary>A category of tags.</summary>
/// <param name="Id">Its id, which is a URN.</param>
/// <param name="Name">Its name; no other category has it.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsSingle">Whether an object has at most one tag of it.</param>
/// <param name="Types">Types of the objects that its tags are for; none means all.</param>
internal sealed record TagCategory(string Id, string Name, string Description, bool IsSingle, IReadOnlyList<string> Types);

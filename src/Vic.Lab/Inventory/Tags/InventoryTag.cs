namespace Vic.Lab.Inventory.Tags;

/// <summary>A tag.</summary>
/// <param name="Id">Its id, which is a URN.</param>
/// <param name="Category">The category's id.</param>
/// <param name="Name">Its name; no other tag of the category has it.</param>
/// <param name="Description">What it says.</param>
internal sealed record InventoryTag(string Id, string Category, string Name, string Description);

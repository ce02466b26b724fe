using System.Text.Json;

namespace Vic.Lab.Machines.Qmp;

/// <summary>Something QEMU reports unasked.</summary>
/// <param name="Name">The event's name, such as <c>SHUTDOWN</c>.</param>
/// <param name="Data">Its data; an undefined element when it has none.</param>
internal sealed record QmpEvent(string Name, JsonElement Data)
{
    /// <summary>A text member of the data, or null.</summary>
    public string? Text(string member) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A boolean member of the data; false when it is missing.</summary>
    public bool Flag(string member) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;
}

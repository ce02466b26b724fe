namespace Vic.Lab.Inventory.Tags;

/// <summary>Tags cannot be changed or found as asked.</summary>
/// <param name="kind">The error's name, such as <c>not_found</c>.</param>
/// <param name="message">What is wrong.</param>
internal sealed class TagException(string kind, string message) : Exception(message)
{
    public string Kind { get; } = kind;

    public static TagException NotFound(string id) => new("not_found", $"There is no '{id}'.");

    public static TagException AlreadyExists(string name) => new("already_exists", $"'{name}' exists already.");

    public static TagException Invalid(string message) => new("invalid_argument", message);
}

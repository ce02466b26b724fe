using System.Text.Json;

namespace Vic.Endpoint.Containers.Creation;

/// <summary>One row of the table: a field of the create body and what becomes of it.</summary>
/// <param name="Field">The field's name in the API.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Option">The docker option that sets it, for the message.</param>
/// <param name="Reason">The end of the sentence: why.</param>
/// <param name="IsNeutral">Values that ask for nothing beyond the ones that never do (null, false, 0 and empty).</param>
internal sealed record FieldRule(
    string Field, FieldVerdict Verdict, string Option = "", string Reason = "", Func<JsonElement, bool>? IsNeutral = null)
{
    /// <summary>Whether a value asks for anything.</summary>
    public bool Asks(JsonElement value) => !IsEmpty(value) && IsNeutral?.Invoke(value) != true;

    /// <summary>The one sentence that refuses or warns.</summary>
    public string Sentence() => Verdict == FieldVerdict.Ignored
        ? $"{Option} is ignored: {Reason}."
        : $"{Option} is not supported: {Reason}.";

    /// <summary>Whether a value is one that Go's clients send for an option that was not given.</summary>
    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        _ => false,
    };
}

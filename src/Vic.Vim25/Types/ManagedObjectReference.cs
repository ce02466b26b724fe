namespace Vic.Vim25;

/// <summary>Names a managed object on a server.</summary>
/// <param name="Type">The managed object's type, for example <c>VirtualMachine</c>.</param>
/// <param name="Value">The server's identifier, for example <c>vm-42</c>; unique together with the type.</param>
public readonly record struct ManagedObjectReference(string Type, string Value)
{
    /// <summary>Is this the value of a reference that nobody set?</summary>
    public bool IsEmpty => Value is null;

    /// <summary>The form that vSphere's own tools print: <c>VirtualMachine:vm-42</c>.</summary>
    public override string ToString() => IsEmpty ? "" : $"{Type}:{Value}";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <returns>False when <paramref name="text"/> has not that form.</returns>
    public static bool TryParse(string? text, out ManagedObjectReference reference)
    {
        int colon = text?.IndexOf(':') ?? -1;
        bool isValid = colon > 0 && colon < text!.Length - 1;
        reference = isValid ? new ManagedObjectReference(text!.Substring(0, colon), text.Substring(colon + 1)) : default;
        return isValid;
    }
}

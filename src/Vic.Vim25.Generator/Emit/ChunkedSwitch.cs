namespace Vic.Vim25.Generator.Emit;

/// <summary>
/// A function from a type's number, in methods of some dozen cases each: the just-in-time compiler loads every type that a method names,
/// and a program uses few of them.
/// </summary>
internal static class ChunkedSwitch
{
    private const int Bits = 5;

    /// <summary>Emits the function and its parts.</summary>
    /// <param name="code">Takes the text.</param>
    /// <param name="signature">Result, name and parameters; the first parameter is the number <c>id</c>.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">What the function passes on to its parts.</param>
    /// <param name="cases">The value for each number from 0 on.</param>
    public static void Emit(CodeWriter code, string signature, string name, string arguments, IReadOnlyList<string> cases)
    {
        int chunks = (cases.Count + (1 << Bits) - 1) >> Bits;
        code.Open($"internal static {signature} => (id >> {Bits}) switch");
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            code.Line($"{chunk} => {name}{chunk}({arguments}),");
        }

        code.Line("_ => throw new System.ArgumentOutOfRangeException(nameof(id)),");
        code.Close(";");
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            code.Line();
            code.Open($"private static {signature.Replace(name + "(", $"{name}{chunk}(")} => id switch");
            for (int id = chunk << Bits; id < Math.Min(cases.Count, (chunk + 1) << Bits); id++)
            {
                code.Line($"{id} => {cases[id]},");
            }

            code.Line("_ => throw new System.ArgumentOutOfRangeException(nameof(id)),");
            code.Close(";");
        }
    }
}

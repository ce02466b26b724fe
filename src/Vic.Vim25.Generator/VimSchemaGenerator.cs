using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Vic.Vim25.Generator.Emit;
using Vic.Vim25.Generator.Schema;

namespace Vic.Vim25.Generator;

/// <summary>
/// Turns the schema files (<c>*.vim25</c> among the additional files) into data objects, enums, requests and proxies with
/// readers and writers that need no reflection.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class VimSchemaGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor SchemaProblem = new(
        "VIM001", "vim25 schema", "{0}", "Schema", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<AdditionalText>> files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(".vim25", StringComparison.Ordinal))
            .Collect();
        context.RegisterSourceOutput(files, static (output, texts) => Generate(output, texts));
    }

    private static void Generate(SourceProductionContext output, ImmutableArray<AdditionalText> files)
    {
        var types = new List<SchemaType>();
        var errors = new List<SchemaError>();
        foreach (AdditionalText file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var parser = new SchemaParser(file.Path);
            parser.Parse(file.GetText(output.CancellationToken) ?? SourceText.From(""));
            types.AddRange(parser.Types);
            errors.AddRange(parser.Errors);
        }

        var model = new SchemaModel(types);
        foreach (SchemaError error in errors.Concat(model.Errors))
        {
            output.ReportDiagnostic(Diagnostic.Create(SchemaProblem, error.Location, error.Message));
        }

        if (errors.Count + model.Errors.Count == 0)
        {
            Emit(output, model);
        }
    }

    private static void Emit(SourceProductionContext output, SchemaModel model)
    {
        foreach (SchemaType type in model.DataObjects)
        {
            Add(output, "Data." + type.ClrName, DataObjectEmitter.Emit(model, type));
        }

        foreach (SchemaType type in model.ManagedObjects)
        {
            Add(output, "Managed." + type.ClrName, ManagedObjectEmitter.Emit(model, type));
        }

        Add(output, "Enums", EnumEmitter.Emit(model));
        Add(output, "Catalog.DataTypes", CatalogEmitter.EmitDataTypes(model));
        Add(output, "Catalog.DataLists", CatalogEmitter.EmitDataLists(model));
        Add(output, "Catalog.Methods", CatalogEmitter.EmitMethods(model));
        Add(output, "Catalog.ManagedTypes", CatalogEmitter.EmitManagedTypes(model));
    }

    private static void Add(SourceProductionContext output, string name, string text) =>
        output.AddSource(name + ".g.cs", SourceText.From(text, Encoding.UTF8));
}

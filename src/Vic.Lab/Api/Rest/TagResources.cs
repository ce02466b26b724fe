using System.Text.Json.Nodes;
using Vic.Lab.Inventory;
using Vic.Lab.Inventory.Tags;
using Vic.Vim25;

namespace Vic.Lab.Api.Rest;

/// <summary>The resources <c>tagging/category</c>, <c>tagging/tag</c> and <c>tagging/tag-association</c>. Under the store's lock.</summary>
internal sealed class TagResources(LabWorld world)
{
    private static readonly string[] Readings =
    [
        "list-attached-tags", "list-attached-objects", "list-attached-objects-on-tags", "list-attached-tags-on-objects",
        "list-tags-for-category", "list-used-categories", "list-used-tags",
    ];

    private TagBook Book => world.Tags;

    /// <summary>Whether a request is more than reading.</summary>
    public static bool IsChange(RestRequest request) => request.Method != "GET" && !Readings.Contains(request.Action);

    /// <param name="request">What is asked.</param>
    /// <param name="isSeen">Whether the caller may see an object.</param>
    /// <exception cref="TagException">It cannot be done.</exception>
    public JsonNode? Run(RestRequest request, Func<Entity, bool> isSeen) => request.Resource switch
    {
        "tagging/category" => Category(request),
        "tagging/tag" => Tag(request),
        "tagging/tag-association" => Association(request, reference => world.Store.Find<Entity>(reference) is not { } entity || isSeen(entity)),
        _ => throw TagException.NotFound(request.Resource),
    };

    private JsonNode? Category(RestRequest request)
    {
        switch (request.Method, request.Id)
        {
            case ("GET", null):
                return Texts(Book.Categories.Select(category => category.Id));
            case ("POST", null):
                var spec = request.Part("create_spec");
                return JsonValue.Create(Book.AddCategory(
                    RestRequest.TextOf(spec, "name") ?? string.Empty,
                    RestRequest.TextOf(spec, "description") ?? string.Empty,
                    IsSingle(RestRequest.TextOf(spec, "cardinality")) ?? throw TagException.Invalid("'cardinality' is missing."),
                    RestRequest.TextsOf(spec, "associable_types") ?? []));
            case ("GET", { } id):
                return Show(Book.Category(id));
            case ("PATCH", { } id):
                var change = request.Part("update_spec");
                Book.ChangeCategory(
                    id,
                    RestRequest.TextOf(change, "name"),
                    RestRequest.TextOf(change, "description"),
                    IsSingle(RestRequest.TextOf(change, "cardinality")),
                    RestRequest.TextsOf(change, "associable_types"));
                return null;
            case ("DELETE", { } id):
                Book.RemoveCategory(id);
                return null;
            default:
                throw TagException.NotFound($"{request.Method} {request.Resource}");
        }
    }

    private JsonNode? Tag(RestRequest request)
    {
        switch (request.Method, request.Id)
        {
            case ("GET", null):
                return Texts(Book.Tags.Select(tag => tag.Id));
            case ("POST", { } id) when request.Action == "list-tags-for-category":
                var category = Book.Category(id).Id;
                return Texts(Book.Tags.Where(tag => tag.Category == category).Select(tag => tag.Id));
            case ("POST", null) when request.Action == "list-tags-for-category":
                var asked = Book.Category(request.Text("category_id")).Id;
                return Texts(Book.Tags.Where(tag => tag.Category == asked).Select(tag => tag.Id));
            case ("POST", null):
                var spec = request.Part("create_spec");
                return JsonValue.Create(Book.AddTag(
                    RestRequest.TextOf(spec, "category_id") ?? throw TagException.Invalid("'category_id' is missing."),
                    RestRequest.TextOf(spec, "name") ?? string.Empty,
                    RestRequest.TextOf(spec, "description") ?? string.Empty));
            case ("GET", { } id):
                return Show(Book.Tag(id));
            case ("PATCH", { } id):
                var change = request.Part("update_spec");
                Book.ChangeTag(id, RestRequest.TextOf(change, "name"), RestRequest.TextOf(change, "description"));
                return null;
            case ("DELETE", { } id):
                Book.RemoveTag(id);
                return null;
            default:
                throw TagException.NotFound($"{request.Method} {request.Resource}");
        }
    }

    private JsonNode? Association(RestRequest request, Func<ManagedObjectReference, bool> isSeen)
    {
        switch (request.Action, request.Id)
        {
            case ("list-attached-tags", null):
                return Texts(TagsOf(request.Reference("object_id")));
            case ("list-attached-objects", { } id):
                return Objects(id);
            case ("list-attached-objects-on-tags", null):
                return new JsonArray([.. request.Texts("tag_ids").Select(id => new JsonObject { ["tag_id"] = id, ["object_ids"] = Objects(id) })]);
            case ("list-attached-tags-on-objects", null):
                return new JsonArray([.. request.References("object_ids").Select(reference => new JsonObject
                {
                    ["object_id"] = Show(reference), ["tag_ids"] = Texts(TagsOf(reference)),
                })]);
            case ("attach", { } id):
                Book.Attach(id, request.Reference("object_id"));
                return null;
            case ("detach", { } id):
                Book.Detach(id, request.Reference("object_id"));
                return null;
            case ("attach-tag-to-multiple-objects", { } id):
                return Batch(request.References("object_ids"), reference => Book.Attach(id, reference));
            case ("detach-tag-from-multiple-objects", { } id):
                return Batch(request.References("object_ids"), reference => Book.Detach(id, reference));
            case ("attach-multiple-tags-to-object", null):
                var tagged = request.Reference("object_id");
                return Batch(request.Texts("tag_ids"), id => Book.Attach(id, tagged));
            case ("detach-multiple-tags-from-object", null):
                var untagged = request.Reference("object_id");
                return Batch(request.Texts("tag_ids"), id => Book.Detach(id, untagged));
            default:
                throw TagException.NotFound($"{request.Action} of {request.Resource}");
        }

        IEnumerable<string> TagsOf(ManagedObjectReference reference) => isSeen(reference) ? Book.Attached(reference).Select(tag => tag.Id) : [];

        JsonArray Objects(string id) => new([.. Book.Attached(id).Where(isSeen).Select(Show)]);
    }

    /// <summary>Does the same for several, and says of those that failed why.</summary>
    private static JsonObject Batch<T>(IEnumerable<T> all, Action<T> action)
    {
        var errors = new JsonArray();
        foreach (var one in all)
        {
            try
            {
                action(one);
            }
            catch (TagException failure)
            {
                errors.Add(new JsonObject
                {
                    ["id"] = $"vic.lab.{failure.Kind}", ["default_message"] = failure.Message, ["args"] = new JsonArray(),
                });
            }
        }

        return new JsonObject { ["success"] = errors.Count == 0, ["error_messages"] = errors };
    }

    private static bool? IsSingle(string? cardinality) => cardinality switch
    {
        null or "" => null,
        "SINGLE" => true,
        "MULTIPLE" => false,
        _ => throw TagException.Invalid("The cardinality is SINGLE or MULTIPLE."),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Show(TagCategory category) => new()
    {
        ["id"] = category.Id,
        ["name"] = category.Name,
        ["description"] = category.Description,
        ["cardinality"] = category.IsSingle ? "SINGLE" : "MULTIPLE",
        ["associable_types"] = Texts(category.Types),
        ["used_by"] = new JsonArray(),
    };

    private static JsonObject Show(InventoryTag tag) => new()
    {
        ["id"] = tag.Id,
        ["category_id"] = tag.Category,
        ["name"] = tag.Name,
        ["description"] = tag.Description,
        ["used_by"] = new JsonArray(),
    };

    private static JsonObject Show(ManagedObjectReference reference) => new() { ["type"] = reference.Type, ["id"] = reference.Value };
}

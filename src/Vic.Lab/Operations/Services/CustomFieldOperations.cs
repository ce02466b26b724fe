using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>CustomFieldsManager, and the values that entities have of custom fields.</summary>
internal sealed class CustomFieldOperations : IInventoryObserver
{
    private const int FirstKey = 101;
    private const int Limit = 1000;
    private const int ValueLimit = 8192;

    private readonly LabWorld world;
    private readonly Dictionary<string, List<CustomFieldDef>> byType = new(StringComparer.Ordinal);

    public CustomFieldOperations(LabWorld world)
    {
        this.world = world;
        lock (world.Store.Gate)
        {
            world.Store.AddObserver(this);
        }
    }

    public void AddTo(OperationTable table)
    {
        table.Add<AddCustomFieldDefRequest, ServiceObject>(AddDefinition);
        table.Add<SetFieldRequest, ServiceObject>((call, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                var field = Definitions(manager).Find(field => field.Key == request.Key)
                    ?? throw Faults.InvalidArgument("key", $"There is no custom field {request.Key}.");
                Set(call, world.Get<Entity>(request.Entity), field, request.Value);
                return null;
            }
        });
        table.Add<SetCustomValueRequest, Entity>((call, entity, request) =>
        {
            lock (world.Store.Gate)
            {
                var field = FieldsOf(entity.Reference.Type).Find(field => field.Name == request.Key)
                    ?? throw Faults.InvalidArgument("key", $"A {entity.Reference.Type} has no custom field '{request.Key}'.");
                Set(call, entity, field, request.Value);
                return null;
            }
        });
    }

    public void Added(ManagedObject managedObject)
    {
        if (managedObject is Entity entity && FieldsOf(entity.Reference.Type) is { Count: > 0 } fields)
        {
            entity.Write("availableField", fields);
        }
    }

    public void Removed(ManagedObject managedObject)
    {
    }

    public void Moved(ManagedObject managedObject)
    {
    }

    private object? AddDefinition(OperationCall call, ServiceObject manager, AddCustomFieldDefRequest request)
    {
        var name = OperationText.CheckName(request.Name);
        if (request.MoType is { Length: > 0 } type && !TypeHierarchy.Is(type, "ManagedEntity"))
        {
            throw Faults.InvalidArgument("moType", $"'{type}' is no type of managed entities.");
        }

        lock (world.Store.Gate)
        {
            var definitions = Definitions(manager);
            if (definitions.Find(other => other.Name == name && (other.ManagedObjectType is null || request.MoType is null || other.ManagedObjectType == request.MoType)) is not null)
            {
                throw Faults.DuplicateName(name, manager.Reference);
            }

            if (definitions.Count >= Limit)
            {
                throw Faults.LimitExceeded("field", Limit);
            }

            var field = new CustomFieldDef
            {
                Key = definitions.Select(other => other.Key).DefaultIfEmpty(FirstKey - 1).Max() + 1,
                Name = name,
                Type = "string",
                ManagedObjectType = string.IsNullOrEmpty(request.MoType) ? null : request.MoType,
                FieldDefPrivileges = request.FieldDefPolicy,
                FieldInstancePrivileges = request.FieldPolicy,
            };
            manager.Write("field", definitions.Append(field).ToList());
            byType.Clear();
            foreach (var entity in world.Store.OfType<Entity>())
            {
                entity.Write("availableField", FieldsOf(entity.Reference.Type));
            }

            world.Events.Post(
                new CustomFieldDefAddedEvent { FieldKey = field.Key, Name = name }, call.Session.UserName, $"The custom field {name} was added.");
            return field;
        }
    }

    private void Set(OperationCall call, Entity entity, CustomFieldDef field, string value)
    {
        if (field.ManagedObjectType is { } type && !TypeHierarchy.Is(entity.Reference.Type, type))
        {
            throw Faults.InvalidArgument("entity", $"The custom field '{field.Name}' is for a {type}.");
        }

        if (value.Length > ValueLimit)
        {
            throw Faults.InvalidArgument("value", $"A value has at most {ValueLimit} characters.");
        }

        var old = entity.Read<List<CustomFieldValue>>("customValue") ?? [];
        var before = old.Find(other => other.Key == field.Key) as CustomFieldStringValue;
        var values = old.FindAll(other => other.Key != field.Key);
        values.Add(new CustomFieldStringValue { Key = field.Key, Value = value });
        entity.Write("customValue", values);
        entity.Write("value", values);
        world.Events.Post(
            new CustomFieldValueChangedEvent
            {
                Entity = new ManagedEntityEventArgument { Name = entity.Name, Entity = entity.Reference },
                FieldKey = field.Key,
                Name = field.Name,
                Value = value,
                PrevState = before?.Value,
            },
            call.Session.UserName,
            $"The custom field {field.Name} of {entity.Name} is now '{value}'.",
            entity);
    }

    /// <summary>The fields of a type of entities; one list for all of them.</summary>
    private List<CustomFieldDef> FieldsOf(string type)
    {
        if (world.Content.CustomFieldsManager is not { } reference)
        {
            return [];
        }

        if (!byType.TryGetValue(type, out var fields))
        {
            byType[type] = fields = Definitions(world.Get<ServiceObject>(reference))
                .FindAll(field => field.ManagedObjectType is not { } wanted || TypeHierarchy.Is(type, wanted));
        }

        return fields;
    }

    private static List<CustomFieldDef> Definitions(ServiceObject manager) => manager.Read<List<CustomFieldDef>>("field") ?? [];
}

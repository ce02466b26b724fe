using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>OptionManager.</summary>
internal sealed class OptionOperations(LabWorld world)
{
    public void AddTo(OperationTable table)
    {
        table.Add<QueryOptionsRequest, ServiceObject>((_, manager, request) => Query(manager, request.Name));
        table.Add<UpdateOptionsRequest, ServiceObject>((_, manager, request) => Update(manager, request.ChangedValue));
    }

    private List<OptionValue> Query(ServiceObject manager, string? name)
    {
        lock (world.Store.Gate)
        {
            var all = manager.Read<List<OptionValue>>("setting") ?? [];
            if (string.IsNullOrEmpty(name))
            {
                return all;
            }

            // A name that ends with a dot means everything below it.
            var found = all.FindAll(option => name.EndsWith('.')
                ? option.Key.StartsWith(name, StringComparison.Ordinal)
                : option.Key == name);
            return found.Count > 0 ? found : throw Faults.New(new InvalidName { Name = name }, $"There is no option '{name}'.");
        }
    }

    /// <summary>Changes all of the settings, or none when one of them cannot be.</summary>
    private object? Update(ServiceObject manager, IReadOnlyList<OptionValue> changes)
    {
        lock (world.Store.Gate)
        {
            var known = manager.Read<List<OptionDef>>("supportedOption") ?? [];
            foreach (var change in changes)
            {
                var definition = known.Find(option => option.Key == change.Key)
                    ?? throw Faults.New(new InvalidName { Name = change.Key }, $"There is no option '{change.Key}'.");
                OptionRules.Check(definition, change.Value);
            }

            var settings = new List<OptionValue>(manager.Read<List<OptionValue>>("setting") ?? []);
            foreach (var change in changes)
            {
                settings.RemoveAll(option => option.Key == change.Key);
                settings.Add(change);
            }

            manager.Write("setting", settings);
            return null;
        }
    }
}

using System.Text.RegularExpressions;
using Vic.Engine.Validation;

namespace Vic.Engine.Inventory;

/// <summary>Finds what the user named, or explains what there is instead.</summary>
internal sealed class InventoryResolver(InventorySnapshot inventory, ProblemList problems)
{
    private const int MaximumSuggestions = 12;

    /// <summary>The one candidate that a selector means; null, and a problem, when there is none or more than one.</summary>
    /// <param name="option">The option that holds the selector.</param>
    /// <param name="noun">What the option names, for messages.</param>
    /// <param name="selector">What the user gave; null takes the only candidate there is.</param>
    /// <param name="candidates">What may be chosen.</param>
    public InventoryEntity? One(string option, string noun, InventorySelector? selector, IReadOnlyList<InventoryEntity> candidates)
    {
        var matches = selector is null ? candidates : candidates.Where(candidate => Matches(candidate, selector)).ToList();
        if (matches.Count == 1)
        {
            return matches[0];
        }

        problems.Add(option, (selector, matches.Count) switch
        {
            (null, 0) => $"There is no {noun}.",
            (null, _) => $"There is more than one {noun}; pass one of {List(matches)}.",
            (_, 0) => $"There is no {noun} '{selector}'. {(candidates.Count == 0 ? "There is none at all." : $"There is {List(candidates)}.")}",
            _ => $"'{selector}' is not unique; it means {List(matches)}.",
        });
        return null;
    }

    public string List(IReadOnlyList<InventoryEntity> entities)
    {
        var names = entities.Select(inventory.PathOf).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToList();
        var shown = string.Join(", ", names.Take(MaximumSuggestions).Select(name => $"'{name}'"));
        return names.Count > MaximumSuggestions ? $"{shown} and {names.Count - MaximumSuggestions} more" : shown;
    }

    private bool Matches(InventoryEntity candidate, InventorySelector selector)
    {
        if (selector.Type is not null)
        {
            return candidate.Reference.Type == selector.Type && candidate.Reference.Value == selector.Value;
        }

        var pattern = "^" + Regex.Escape(selector.Name!).Replace(@"\*", ".*").Replace(@"\?", ".") + "$";
        var regex = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return regex.IsMatch(candidate.Name) || regex.IsMatch(inventory.PathOf(candidate));
    }
}

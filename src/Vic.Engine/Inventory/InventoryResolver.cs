using System.Text.RegularExpressions;
using Vic.Engine.Validation;

namespace Vic.Engine.Inventory;

/// <summary>Finds what the user named, or explains what there is instead.</summary>
internal sealed class InventoryResolver(InventorySnapshot inventory, CheckList checks)
{
    private const int MaximumSuggestions = 12;

    /// <summary>
    /// False when the place that narrows the choice could not be found: then several matches are no problem, because they may be in different places,
    /// and the first one stands for all of them.
    /// </summary>
    public bool IsScopeKnown { get; init; } = true;

    /// <summary>The one candidate that a selector means; null, and a problem, when there is none or more than one.</summary>
    /// <param name="option">The option that holds the selector.</param>
    /// <param name="noun">What the option names, for messages.</param>
    /// <param name="selector">What the user gave; null takes the only candidate there is.</param>
    /// <param name="candidates">What may be chosen.</param>
    /// <param name="others">What the selector may mean when no candidate is meant, for the caller to refuse in better words; never suggested.</param>
    public InventoryEntity? One(
        string option, string noun, InventorySelector? selector, IReadOnlyList<InventoryEntity> candidates, IReadOnlyList<InventoryEntity>? others = null)
    {
        var matches = selector is null ? candidates : candidates.Where(candidate => Matches(candidate, selector)).ToList();
        if (matches.Count == 0 && selector is not null)
        {
            matches = (others ?? []).Where(other => Matches(other, selector)).ToList();
        }

        if (matches.Count == 1 || (matches.Count > 1 && !IsScopeKnown))
        {
            return matches[0];
        }

        checks.Fail(option, (selector, matches.Count) switch
        {
            (null, 0) => $"There is no {noun}.",
            (null, _) => $"There is more than one {noun}; pass one of {List(matches)}.",
            (_, 0) => $"There is no {noun} '{selector}'. {Offer(candidates)}",
            _ => $"'{selector}' is not unique; it means {List(matches)}.",
        });
        return null;
    }

    private string Offer(IReadOnlyList<InventoryEntity> candidates) => candidates.Count switch
    {
        0 => "There is none at all.",
        1 => $"There is {List(candidates)}.",
        _ => $"There are {List(candidates)}.",
    };

    private string List(IReadOnlyList<InventoryEntity> entities)
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

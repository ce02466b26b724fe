namespace Vic.Lab.History;

/// <summary>What history collectors read from. Used under the store's lock.</summary>
/// <typeparam name="T">What happened.</typeparam>
internal interface IHistory<T>
{
    /// <summary>Everything that is kept, oldest first.</summary>
    IEnumerable<T> All { get; }

    void AddListener(Action<T> listener);

    void RemoveListener(Action<T> listener);
}

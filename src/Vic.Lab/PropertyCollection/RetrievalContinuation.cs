using Vic.Vim25;

namespace Vic.Lab.PropertyCollection;

/// <summary>The rest of a retrieval that is read page by page. Values are read when their page is asked for.</summary>
internal sealed class RetrievalContinuation(
    ManagedObjectReference reference, List<(ManagedObject Object, PropertySelection Selection)> selected, int pageSize)
    : ManagedObject(reference)
{
    private int position;

    public bool IsComplete => position >= selected.Count;

    /// <summary>The next page; made under the store's lock.</summary>
    public List<ObjectContent> NextPage(PropertyCollectorObject collector)
    {
        var page = new List<ObjectContent>();
        for (; position < selected.Count && page.Count < pageSize; position++)
        {
            var (managedObject, selection) = selected[position];
            if (collector.Resolve(managedObject.Reference) is not null)
            {
                page.Add(RetrievalReader.Read(managedObject, selection, collector.Sight));
            }
        }

        return page;
    }
}

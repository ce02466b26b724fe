namespace Vic.Vim25;

/// <summary>Base of all data objects of vim25, <c>DynamicData</c> in the API reference.</summary>
public abstract class DataObject : WireObject
{
    internal DataObject()
    {
    }

    /// <summary>The type's name on the wire.</summary>
    public abstract string WireType { get; }
}

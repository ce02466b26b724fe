namespace Vic.Vim25;

/// <summary>A call of a managed object's method. The client sends it, a server reads it.</summary>
public abstract class VimRequest : WireObject
{
    internal VimRequest()
    {
    }

    /// <summary>The object whose method is called.</summary>
    public ManagedObjectReference This { get; set; }

    /// <summary>The method's name on the wire, for example <c>PowerOnVM_Task</c>.</summary>
    public abstract string MethodName { get; }

    /// <summary>The type of managed object that declares the method.</summary>
    public abstract string ManagedType { get; }

    /// <summary>The XML namespace of the request's element.</summary>
    internal virtual string Namespace => "urn:vim25";

    /// <summary>Writes a result that has <c>TResult</c> of the request's <see cref="VimRequest{TResult}"/>.</summary>
    internal abstract void WriteBoxedResult(VimXmlWriter writer, object? result);

    internal override bool ReadMember(VimXmlReader reader)
    {
        if (!reader.NameIs("_this"u8))
        {
            return false;
        }

        This = reader.ReadReference();
        return true;
    }

    internal override void WriteMembers(VimXmlWriter writer) => writer.Element("_this"u8, This);
}

/// <summary>A call with the type of its result.</summary>
/// <typeparam name="TResult">The result; <see cref="NoResult"/> for a method that returns nothing.</typeparam>
public abstract class VimRequest<TResult> : VimRequest
{
    internal VimRequest()
    {
    }

    /// <summary>Reads the response's element, on which the reader stands.</summary>
    internal abstract TResult ReadResult(VimXmlReader reader);

    /// <summary>Writes the children of the response's element.</summary>
    internal virtual void WriteResult(VimXmlWriter writer, TResult result)
    {
    }

    internal override void WriteBoxedResult(VimXmlWriter writer, object? result) =>
        WriteResult(writer, result is null ? default! : (TResult)result);

    private protected static VimProtocolException MissingResult() => new("the response has no returnval");
}

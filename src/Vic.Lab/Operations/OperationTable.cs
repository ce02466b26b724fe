using Vic.Lab.Authorization;
using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations;

/// <summary>
/// The methods that the lab knows, by the type of their request. A call is checked here for what all methods have in common: a session, an object
/// of the right type, the privileges that the method demands, and that the method is not disabled on it.
/// </summary>
internal sealed class OperationTable(LabWorld world)
{
    private readonly MethodGuard guard = new(world);
    private readonly InventoryStore store = world.Store;
    private readonly Dictionary<Type, Operation> operations = [];

    public void AddAsync<TRequest, TObject>(Func<OperationCall, TObject, TRequest, Task<object?>> run)
        where TRequest : VimRequest
        where TObject : ManagedObject
        => operations.Add(typeof(TRequest), new Operation(
            false, typeof(TObject), (call, target, request) => run(call, (TObject)target, (TRequest)request)));

    public void Add<TRequest, TObject>(Func<OperationCall, TObject, TRequest, object?> run)
        where TRequest : VimRequest
        where TObject : ManagedObject
        => operations.Add(typeof(TRequest), new Operation(
            false, typeof(TObject), (call, target, request) => Task.FromResult(run(call, (TObject)target, (TRequest)request))));

    /// <summary>Adds a method that may be called without a session.</summary>
    public void AddAnonymous<TRequest>(Func<OperationCall, TRequest, object?> run)
        where TRequest : VimRequest
        => operations.Add(typeof(TRequest), new Operation(
            true, typeof(ManagedObject), (call, _, request) => Task.FromResult(run(call, (TRequest)request))));

    public async Task<object?> InvokeAsync(OperationCall call, VimRequest request)
    {
        if (!operations.TryGetValue(request.GetType(), out var operation))
        {
            throw call.CurrentSession is null ? Faults.NotAuthenticated(request.This) : Faults.NotSupported(request.MethodName);
        }

        if (call.CurrentSession is null && !operation.Anonymous)
        {
            throw Faults.NotAuthenticated(request.This);
        }

        return await operation.Run(call, Resolve(call, request, operation), request).ConfigureAwait(false);
    }

    private ManagedObject Resolve(OperationCall call, VimRequest request, Operation operation)
    {
        lock (store.Gate)
        {
            var target = call.CurrentSession?.Objects.Find(request.This)
                ?? (store.TryFind(request.This, out var found) ? found : null)
                ?? throw Faults.ManagedObjectNotFound(request.This);
            if (!operation.ObjectType.IsInstanceOfType(target))
            {
                throw Faults.NotSupported($"{request.This.Type}.{request.MethodName}");
            }

            if (call.CurrentSession is { } session && !operation.Anonymous)
            {
                guard.Check(session.Account, target, request);
            }

            if (target.DisabledMethods.SourceOf(request.MethodName) is { } source)
            {
                throw Faults.MethodDisabled(request.MethodName, source);
            }

            return target;
        }
    }

    private sealed record Operation(
        bool Anonymous, Type ObjectType, Func<OperationCall, ManagedObject, VimRequest, Task<object?>> Run);
}

using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>What the calls of one method demand.</summary>
internal interface IMethodRule
{
    IEnumerable<PrivilegeDemand> Demands(VimRequest request);
}

/// <summary>What the calls of one method demand, told by its request.</summary>
internal sealed class MethodRule<TRequest> : IMethodRule
    where TRequest : VimRequest
{
    private readonly List<Func<TRequest, IEnumerable<PrivilegeDemand>>> parts = [];

    /// <summary>A privilege on the object that the method is called on; the service's own objects are where the root folder is.</summary>
    public MethodRule<TRequest> Target(string privilege) => On(request => request.This, privilege);

    /// <summary>A privilege on an object that the request names, if it names one.</summary>
    public MethodRule<TRequest> On(Func<TRequest, ManagedObjectReference?> choose, string privilege)
        => With(request => choose(request) is { } reference ? [new PrivilegeDemand(reference, privilege)] : []);

    /// <summary>A privilege on each of the objects that the request names.</summary>
    public MethodRule<TRequest> OnEach(Func<TRequest, IEnumerable<ManagedObjectReference>?> choose, string privilege)
        => With(request => (choose(request) ?? []).Select(reference => new PrivilegeDemand(reference, privilege)));

    /// <summary>What depends on the request's content.</summary>
    public MethodRule<TRequest> With(Func<TRequest, IEnumerable<PrivilegeDemand>> demands)
    {
        parts.Add(demands);
        return this;
    }

    public IEnumerable<PrivilegeDemand> Demands(VimRequest request) => parts.SelectMany(part => part((TRequest)request));
}

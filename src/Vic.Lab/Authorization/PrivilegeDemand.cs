using Vic.Vim25;

namespace Vic.Lab.Authorization;

/// <summary>A privilege that a call demands on an object.</summary>
internal readonly record struct PrivilegeDemand(ManagedObjectReference On, string Privilege);

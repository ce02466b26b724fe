using Vic.EndToEnd.Tests.Deployment;

namespace Vic.EndToEnd.Tests.Containers;

/// <summary>The promises of <c>docker exec</c> without TLS on port 2375.</summary>
[Collection<EsxVchCollection>]
public sealed class ExecOverPlainHttpTests(EsxVch vch) : ExecTests(vch);

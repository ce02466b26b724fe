using Vic.EndToEnd.Tests.Deployment;

namespace Vic.EndToEnd.Tests.Containers;

/// <summary>The promises of <c>docker exec</c> over mutual TLS on port 2376.</summary>
[Collection<VcenterVchCollection>]
public sealed class ExecOverTlsTests(VcenterVch vch) : ExecTests(vch);

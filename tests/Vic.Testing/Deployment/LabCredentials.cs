using System.Globalization;
using Vic.Testing.Labs;

namespace Vic.Testing.Deployment;

public static class LabCredentials
{
    /// <summary>How the scripts of the tests learn where the lab is; by environment, so that no password stands in a process list.</summary>
    public static IReadOnlyDictionary<string, string?> Credentials(this LabFacts lab) => new Dictionary<string, string?>
    {
        ["VIC_TEST_SERVER"] = lab.Server,
        ["VIC_TEST_PORT"] = lab.Port.ToString(CultureInfo.InvariantCulture),
        ["VIC_TEST_USER"] = lab.User,
        ["VIC_TEST_PASSWORD"] = lab.Password,
        ["VIC_TEST_THUMBPRINT"] = lab.Thumbprint,
    };
}

using Vic.Engine.Requests;

namespace Vic.Engine.Validation;

/// <summary>How container VMs may be named and counted.</summary>
internal static class ContainerRules
{
    private const int LongestMachineName = 80;
    private const int ShortIdLength = 12;

    public static void Check(ContainerRequest request, CheckList checks)
    {
        var convention = request.NameConvention;
        var fixedText = convention.Replace("{name}", "").Replace("{id}", "");
        if (fixedText.Length == convention.Length)
        {
            checks.Fail("ContainerNameConvention", $"'{convention}' holds neither {{name}} nor {{id}}, so all container VMs would have the same name.");
        }
        else if (fixedText.Length > LongestMachineName - ShortIdLength)
        {
            checks.Fail(
                "ContainerNameConvention",
                $"The fixed text of '{convention}' has {fixedText.Length} characters; a VM's name has {LongestMachineName}, and the container's id needs {ShortIdLength}.");
        }

        if (fixedText.IndexOfAny(['/', '\\', '%', '{', '}']) >= 0)
        {
            checks.Fail("ContainerNameConvention", $"'{convention}' holds a slash, a backslash, a percent sign or a stray brace; vSphere gives them a meaning of their own.");
        }

        if (request.Limit < 0)
        {
            checks.Fail("ContainerLimit", $"{request.Limit} is no number of containers; 0 stands for no limit.");
        }
    }
}

namespace Vic.Engine.Validation;

/// <summary>Checks the organizations in new certificates.</summary>
internal static class OrganizationRules
{
    // RFC 5280, appendix A.1: ub-organization-name.
    private const int Longest = 64;

    public static void Check(IReadOnlyList<string> organizations, CheckList checks)
    {
        foreach (var organization in organizations.Where(organization => organization.Trim().Length is 0 or > Longest))
        {
            checks.Fail("Organization", $"An organization has 1 to {Longest} characters; '{organization}' has {organization.Length}.");
        }
    }
}

using System.Runtime.CompilerServices;

namespace Vic.PowerShell.Tests.Pester;

/// <summary>Each It of the acceptance suite is run by the real engine against a lab; a test stands for the It whose title it has.</summary>
public sealed class AcceptanceSuiteTests(AcceptanceSuiteRun run) : IClassFixture<AcceptanceSuiteRun>
{
    [Fact]
    public void Connect_VICServer_refuses_a_thumbprint_that_is_none() => AssertPassed();

    [Fact]
    public void Test_VCH_writes_a_row_for_each_check_and_changes_nothing() => AssertPassed();

    [Fact]
    public void New_VCH_with_IfNotExists_takes_what_is_there() => AssertPassed();

    [Fact]
    public void Get_VCH_finds_a_VCH_by_a_pattern_and_names_those_that_are_there_for_a_wrong_name() => AssertPassed();

    [Fact]
    public void Set_VCH_changes_a_limit_and_keeps_it_without_WhatIf_alone() => AssertPassed();

    [Fact]
    public void Restore_VCH_takes_a_change_with_a_restart_back() => AssertPassed();

    [Fact]
    public void Update_VCH_leaves_a_VCH_alone_that_is_up_to_date() => AssertPassed();

    [Fact]
    public void Enable_VCHDebug_and_Disable_VCHDebug_with_WhatIf_change_nothing() => AssertPassed();

    [Fact]
    public void A_further_client_gets_a_certificate_that_can_be_revoked_by_name() => AssertPassed();

    [Fact]
    public void Export_VCHConfiguration_writes_JSON_that_names_the_VCH() => AssertPassed();

    [Fact]
    public void Enter_VCH_points_docker_at_a_VCH_until_Exit_VCH() => AssertPassed();

    [Fact]
    public void Networks_images_volumes_and_statistics_are_read_without_an_endpoint() => AssertPassed();

    [Fact]
    public void The_log_of_a_deployment_is_read_and_goes_into_a_support_bundle() => AssertPassed();

    [Fact]
    public void Each_cmdlet_for_containers_says_that_a_container_is_not_there() => AssertPassed();

    [Fact]
    public void Set_VCHFirewall_tells_what_was_and_what_is() => AssertPassed();

    [Fact]
    public void Remove_VCH_in_the_background_is_a_task_that_can_be_waited_for() => AssertPassed();

    private void AssertPassed([CallerMemberName] string test = "")
    {
        var title = PesterSuite.TitlesOf(PesterSuite.Acceptance).Single(title => PesterSuite.MethodNameOf(title) == test);
        Assert.True(run.Lines.Contains($"passed: : {title}"), run.ToString());
    }
}

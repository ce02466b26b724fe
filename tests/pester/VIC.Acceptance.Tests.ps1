<#
.SYNOPSIS
    What the cmdlets promise, in PowerShell itself: a suite for Pester 5 and 6 against a lab without real machines.
.DESCRIPTION
    Import the module first. The suite starts a lab, deploys a virtual container host in it, and stops the lab at the end; it needs nothing else, touches
    no other server that is connected, and leaves nothing behind.
.EXAMPLE
    Import-Module ./artifacts/module/VIC/VIC.psd1
    Invoke-Pester ./tests/pester -Output Detailed
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Blocks after the one that sets them use them.')]
param()

Describe 'The module against a lab' -Tag 'Acceptance' {
    BeforeAll {
        $ErrorActionPreference = 'Stop'
        $work = Join-Path ([System.IO.Path]::GetTempPath()) ('vic-acceptance-' + [guid]::NewGuid().ToString('n'))
        $folder = Join-Path $work 'team'
        $lab = Start-VICLab -Runtime none
        $session = Connect-VICServer -Server $lab.Server -Port $lab.Port -Credential $lab.Credential -Thumbprint $lab.Thumbprint

        # Without it a cmdlet would turn to PowerCLI's default servers first.
        $PSDefaultParameterValues = @{ '*-VCH*:Server' = $session; '*-ContainerVM*:Server' = $session }

        $options = @{
            Name = 'team'; Location = $lab.ComputeResource; Datastore = $lab.Datastores[0]; BridgeNetwork = 'bridge'
            AdvertisedAddress = '127.0.0.1:2376'; CertificatePath = $folder; CertificateKeyAlgorithm = 'Ecdsa'
        }
        $quiet = @{ NoWait = $true; WarningAction = 'SilentlyContinue' }
        $vch = New-VCH @options @quiet
    }

    AfterAll {
        if ($session) { Disconnect-VICServer $session }
        if ($lab) { Stop-VICLab $lab }
        if ([System.IO.Directory]::Exists($work)) { [System.IO.Directory]::Delete($work, $true) }
    }

    It 'Connect-VICServer refuses a thumbprint that is none' -Tag 'Connect-VICServer' {
        { Connect-VICServer -Server $lab.Server -Credential $lab.Credential -Thumbprint 'abc' } | Should -Throw -ExpectedMessage '*is no thumbprint*'
    }

    It 'Test-VCH writes a row for each check and changes nothing' -Tag 'Test-VCH' {
        $planned = $options.Clone()
        $planned.Name = 'planned'
        $planned.CertificatePath = Join-Path $work 'planned'
        $checks = @(Test-VCH @planned)
        @($checks | Where-Object { $_.State -eq 'Failed' }).Count | Should -Be 0
        $checks.Count -gt 1 | Should -BeTrue
        @(Get-VCH).Count | Should -Be 1
    }

    It 'New-VCH with IfNotExists takes what is there' -Tag 'New-VCH' {
        $again = New-VCH @options @quiet -IfNotExists
        $again.Id | Should -Be $vch.Id
        @(Get-VCH).Count | Should -Be 1
    }

    It 'Get-VCH finds a VCH by a pattern and names those that are there for a wrong name' -Tag 'Get-VCH' {
        (Get-VCH te*).Name | Should -Be 'team'
        { Get-VCH lost -ErrorAction Stop } | Should -Throw -ExpectedMessage '*team*'
    }

    It 'Set-VCH changes a limit and keeps it without WhatIf alone' -Tag 'Set-VCH' {
        $vch | Set-VCH -CpuLimitMhz 2500 -WhatIf
        ($vch | Get-VCHStatistics).CpuLimitMhz | Should -BeNullOrEmpty
        $vch | Set-VCH -CpuLimitMhz 2500
        ($vch | Get-VCHStatistics).CpuLimitMhz | Should -Be 2500
    }

    It 'Restore-VCH takes a change with a restart back' -Tag 'Set-VCH', 'Restore-VCH' {
        $level = (Get-VCH team).DebugLevel
        $null = $vch | Set-VCH -DebugLevel 2 -Timeout 1 -WarningAction SilentlyContinue
        (Get-VCH team).DebugLevel | Should -Be 2
        $null = Restore-VCH team -Timeout 1 -Confirm:$false -WarningAction SilentlyContinue
        (Get-VCH team).DebugLevel | Should -Be $level
    }

    It 'Update-VCH leaves a VCH alone that is up to date' -Tag 'Update-VCH' {
        $same = Update-VCH team -PassThru -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike '*is up to date*'
        "$($same.UpgradeStatus)" | Should -Be 'UpToDate'
    }

    It 'Enable-VCHDebug and Disable-VCHDebug with WhatIf change nothing' -Tag 'Enable-VCHDebug', 'Disable-VCHDebug' {
        $level = (Get-VCH team).DebugLevel
        $null = Enable-VCHDebug team -WhatIf
        $null = Disable-VCHDebug team -WhatIf
        (Get-VCH team).DebugLevel | Should -Be $level
    }

    It 'A further client gets a certificate that can be revoked by name' -Tag 'New-VCHCertificate', 'Get-VCHCertificate', 'Revoke-VCHCertificate' {
        $null = New-VCHCertificate -Name team -ClientName bob -CertificatePath $folder -CertificateKeyAlgorithm Ecdsa
        $vch | Revoke-VCHCertificate -ClientName bob -CertificatePath $folder -Confirm:$false
        $revoked = @(Get-VCHCertificate team -CertificatePath $folder | Where-Object { $_.IsRevoked })
        $revoked.Count | Should -Be 1
        $revoked[0].Subject | Should -BeLike '*CN=bob*'
    }

    It 'Export-VCHConfiguration writes JSON that names the VCH' -Tag 'Export-VCHConfiguration' {
        ($vch | Export-VCHConfiguration | ConvertFrom-Json).Name | Should -Be 'team'
        Export-VCHConfiguration team -AsCommand | Should -BeLike 'New-VCH*'
    }

    It 'Enter-VCH points docker at a VCH until Exit-VCH' -Tag 'Enter-VCH', 'Exit-VCH' {
        $before = [System.Environment]::GetEnvironmentVariable('DOCKER_HOST')
        Enter-VCH team -CertificatePath $folder
        $entered = [System.Environment]::GetEnvironmentVariable('DOCKER_HOST')
        Exit-VCH
        $entered | Should -Be 'tcp://127.0.0.1:2376'
        [System.Environment]::GetEnvironmentVariable('DOCKER_HOST') | Should -Be $before
    }

    It 'Networks images volumes and statistics are read without an endpoint' -Tag 'Get-VCHNetwork', 'Get-VCHImage', 'Get-VCHVolume', 'Get-VCHStatistics' {
        (Get-VCHNetwork -VCH team).Name | Should -Be 'bridge'
        @($vch | Get-VCHImage).Count | Should -Be 0
        @($vch | Get-VCHVolume).Count | Should -Be 0
        ($vch | Get-VCHStatistics).Containers | Should -Be 0
    }

    It 'The log of a deployment is read and goes into a support bundle' -Tag 'Get-VCHLog', 'Save-VCHSupportBundle' {
        @($vch | Get-VCHLog -Kind Deployment).Count -gt 0 | Should -BeTrue
        $bundle = $vch | Save-VCHSupportBundle -Destination (Join-Path $work 'bundles')
        $bundle.Name | Should -BeLike 'team-support-*.zip'
    }

    It 'Each cmdlet for containers says that a container is not there' -Tag 'Get-ContainerVM', 'Start-ContainerVM', 'Stop-ContainerVM', 'Restart-ContainerVM', 'Remove-ContainerVM', 'Get-ContainerVMLog' {
        @(Get-ContainerVM).Count | Should -Be 0
        foreach ($name in 'Get-ContainerVM', 'Start-ContainerVM', 'Stop-ContainerVM', 'Restart-ContainerVM', 'Get-ContainerVMLog') {
            { & $name lost -ErrorAction Stop } | Should -Throw -ExpectedMessage '*lost*'
        }
        { Remove-ContainerVM lost -Confirm:$false -ErrorAction Stop } | Should -Throw -ExpectedMessage '*lost*'
    }

    It 'Set-VCHFirewall tells what was and what is' -Tag 'Set-VCHFirewall' {
        $denied = @(Set-VCHFirewall $lab.ComputeResource -Deny)
        $allowed = @(Set-VCHFirewall $lab.ComputeResource -Allow)
        $denied[0].IsAllowed | Should -Not -BeTrue
        $allowed[0].WasAllowed | Should -Not -BeTrue
        $allowed[0].IsAllowed | Should -BeTrue
    }

    It 'Remove-VCH in the background is a task that can be waited for' -Tag 'Remove-VCH', 'Get-VICTask', 'Wait-VICTask', 'Stop-VICTask' {
        $task = Remove-VCH team -Force -Confirm:$false -RunAsync
        (Get-VICTask -Id $task.Id).Name | Should -Be $task.Name
        $null = $task | Wait-VICTask
        "$($task.State)" | Should -Be 'Success'
        $task | Stop-VICTask
        @(Get-VCH).Count | Should -Be 0
    }
}

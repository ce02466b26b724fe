<#
.SYNOPSIS
    The rules of the house for virtual container hosts, as a suite for Pester 5 and 6.
.DESCRIPTION
    Looks at every VCH of PowerCLI's default servers, or else of the server that was connected last, and changes nothing. Each rule has a tag: Tls,
    Certificates, Firewall, VolumeStores, Limits, Version and Debug.
.PARAMETER Name
    The names of the VCHs to look at, wildcards allowed.
.PARAMETER AllowedDatastore
    The datastores, or the hosts of NFS shares, that volumes may be on, wildcards allowed: those that are backed up.
.PARAMETER OpenNetwork
    The container networks that may be open to everybody, wildcards allowed.
.PARAMETER CertificateRoot
    The folder that holds a folder of client certificates for each VCH, by its name; their expiry is looked at as well.
.EXAMPLE
    Connect-VICServer vcenter.example.org -Credential (Get-Credential)
    $rules = New-PesterContainer -Path ./VIC.Compliance.Tests.ps1 -Data @{ AllowedDatastore = 'backup-*' }
    Invoke-Pester -Container $rules -Output Detailed
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'The blocks of the suite use them.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Blocks after the one that sets them use them.')]
param(
    [string[]] $Name = '*',
    [string[]] $AllowedDatastore = '*',
    [string[]] $OpenNetwork = @(),
    [string] $CertificateRoot = '.'
)

BeforeDiscovery {
    # A rule that could not be looked at is not kept.
    $ErrorActionPreference = 'Stop'
    $cases = @(Get-VCH -Name $Name | ForEach-Object { @{ VCH = $_ } })
}

if (-not $cases) {
    Write-Warning 'There is no VCH to look at.'
    return
}

Describe 'Virtual container host <VCH>' -Tag 'Compliance' -ForEach $cases {
    BeforeAll {
        $ErrorActionPreference = 'Stop'
        $configuration = $VCH | Export-VCHConfiguration | ConvertFrom-Json
        $settings = @{}
        foreach ($property in $configuration.PSObject.Properties) { $settings[$property.Name] = $property.Value }
    }

    It 'Clients need a certificate that the VCH trusts' -Tag 'Tls' {
        $settings['NoTls'] | Should -Not -BeTrue
        $settings['NoTlsVerify'] | Should -Not -BeTrue
    }

    It 'No certificate expires within 30 days' -Tag 'Certificates' {
        $folder = Join-Path $CertificateRoot $VCH.Name
        $expiring = @($VCH | Get-VCHCertificate -CertificatePath $folder | Where-Object { -not $_.IsRevoked -and $_.DaysLeft -lt 30 })
        ($expiring | ForEach-Object { "$($_.Kind) $($_.Subject)" }) | Should -BeNullOrEmpty
    }

    It 'No container network is open beyond need' -Tag 'Firewall' {
        $open = @($VCH | Get-VCHNetwork | Where-Object { $_.Firewall -eq 'Open' } | ForEach-Object { $_.Name })
        $needless = foreach ($network in $open) { if (-not ($OpenNetwork | Where-Object { $network -like $_ })) { $network } }
        $needless | Should -BeNullOrEmpty
    }

    It 'Volume stores are on allowed datastores' -Tag 'VolumeStores' {
        $stores = if ($settings['VolumeStore']) { @($settings['VolumeStore'].PSObject.Properties) } else { @() }
        $elsewhere = foreach ($store in $stores) {
            $place = $store.Value -replace '^\w+://([^/?]+).*$', '$1'
            if (-not ($AllowedDatastore | Where-Object { $place -like $_ })) { "$($store.Name) on $place" }
        }
        $elsewhere | Should -BeNullOrEmpty
    }

    It 'Processors and memory have limits' -Tag 'Limits' {
        $usage = $VCH | Get-VCHStatistics
        $usage.CpuLimitMhz | Should -Not -BeNullOrEmpty
        $usage.MemoryLimitMB | Should -Not -BeNullOrEmpty
    }

    It 'The version is current' -Tag 'Version' {
        "$($VCH.UpgradeStatus)" | Should -Be 'UpToDate'
    }

    It 'The endpoint does not run in debug mode' -Tag 'Debug' {
        $VCH.DebugLevel | Should -Be 0
    }
}

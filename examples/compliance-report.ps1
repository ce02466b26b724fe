<#
.SYNOPSIS
    Tells which virtual container hosts keep the rules of the house, rule by rule.
.DESCRIPTION
    Looks at each VCH: clients need a certificate, no certificate expires soon, no container network is open to everybody, volumes are on allowed datastores,
    processors and memory are limited, the version is this module's, and the endpoint does not log for debugging. Reads vSphere alone: no endpoint has to
    answer, and nothing is changed.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Name
    The names of the VCHs to look at, wildcards allowed.
.PARAMETER Days
    How many days each certificate must be valid for at least.
.PARAMETER AllowedDatastore
    The datastores, or the hosts of NFS shares, that volumes may be on, wildcards allowed.
.PARAMETER OpenNetwork
    The container networks that may be open to everybody, wildcards allowed.
.PARAMETER Path
    A CSV file to write the report to as well; one that is there is replaced.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.EXAMPLE
    ./compliance-report.ps1 -Server vcenter.example.org -Credential (Get-Credential) -AllowedDatastore backup-* | Where-Object { -not $_.IsCompliant }
.EXAMPLE
    ./compliance-report.ps1 -Server vcenter.example.org -Credential (Get-Credential) -Path compliance.csv
.OUTPUTS
    An object for each VCH and rule: VCH, Rule, IsCompliant and Detail.
.NOTES
    Exit status: 0 when every VCH keeps every rule, 1 when the script could not do its work, 2 when a rule is broken.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'The functions of the script use them.')]
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [string[]] $Name = '*',
    [ValidateRange(1, 3650)] [int] $Days = 30,
    [string[]] $AllowedDatastore = '*',
    [string[]] $OpenNetwork = @(),
    [string] $Path,
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Setting {
    # A setting of an exported configuration; those that have their default are not in it.
    param([Parameter(Mandatory)] [psobject] $Configuration, [Parameter(Mandatory)] [string] $Name)

    $property = $Configuration.PSObject.Properties[$Name]
    if ($property) { $property.Value }
}

function Test-Like {
    # Whether a text fits one of several patterns.
    param([string] $Text, [string[]] $Pattern)

    @($Pattern | Where-Object { $_ -and $Text -like $_ }).Count -gt 0
}

function Get-RuleState {
    # The problems of one VCH by rule, in the order of the report; an empty list where a rule is kept.
    param([Parameter(Mandatory)] [psobject] $VCH)

    $configuration = $VCH | Export-VCHConfiguration | ConvertFrom-Json
    $usage = $VCH | Get-VCHStatistics
    $problems = [ordered] @{ Tls = @(); Certificates = @(); Firewall = @(); VolumeStores = @(); Limits = @(); Version = @(); Debug = @() }

    if (Get-Setting -Configuration $configuration -Name NoTls) { $problems.Tls += 'the Docker API is served in the clear' }
    if (Get-Setting -Configuration $configuration -Name NoTlsVerify) { $problems.Tls += 'clients need no certificate' }

    foreach ($certificate in @($VCH | Get-VCHCertificate | Where-Object { -not $_.IsRevoked -and $_.DaysLeft -lt $Days })) {
        $problems.Certificates += "$($certificate.Kind) '$($certificate.Subject)' has $($certificate.DaysLeft) days left"
    }

    foreach ($network in @($VCH | Get-VCHNetwork | Where-Object { $_.Firewall -eq 'Open' })) {
        if (-not (Test-Like -Text $network.Name -Pattern $OpenNetwork)) { $problems.Firewall += "'$($network.Name)' is open" }
    }

    $stores = Get-Setting -Configuration $configuration -Name VolumeStore
    foreach ($store in @(if ($stores) { $stores.PSObject.Properties })) {
        $place = $store.Value -replace '^\w+://([^/?]+).*$', '$1'
        if (-not (Test-Like -Text $place -Pattern $AllowedDatastore)) { $problems.VolumeStores += "'$($store.Name)' is on '$place'" }
    }

    if (-not $usage.CpuLimitMhz) { $problems.Limits += 'processors have no limit' }
    if (-not $usage.MemoryLimitMB) { $problems.Limits += 'memory has no limit' }
    if ($VCH.UpgradeStatus -ne 'UpToDate') { $problems.Version += "$($VCH.Version) is $($VCH.UpgradeStatus)" }
    if ($VCH.DebugLevel -gt 0) { $problems.Debug += "the level is $($VCH.DebugLevel)" }
    $problems
}

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
try {
    $report = @(
        foreach ($vch in @(Get-VCH -Name $Name -Server $session)) {
            $state = Get-RuleState -VCH $vch
            foreach ($rule in $state.Keys) {
                $found = @($state[$rule])
                [pscustomobject] @{ VCH = $vch.Name; Rule = $rule; IsCompliant = $found.Count -eq 0; Detail = $found -join '; ' }
            }
        }
    )
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($Path) { $report | Export-Csv -Path $Path -Encoding utf8 -NoTypeInformation }
$report
if (@($report | Where-Object { -not $_.IsCompliant }).Count -gt 0) { exit 2 }
exit 0

<#
.SYNOPSIS
    Tells what virtual container hosts use of processors, memory and datastores, and which come near their limits.
.DESCRIPTION
    Reads vSphere alone: no endpoint has to answer, and nothing is changed. A VCH without a limit has no percentage.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Name
    The names of the VCHs to look at, wildcards allowed.
.PARAMETER WarnPercent
    From how many percent of a limit on a VCH counts as near it.
.PARAMETER Path
    A CSV file to write the report to as well; one that is there is replaced.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.EXAMPLE
    ./capacity-report.ps1 -Server vcenter.example.org -Credential (Get-Credential) | Sort-Object MemoryPercent -Descending | Format-Table
.EXAMPLE
    ./capacity-report.ps1 -Server vcenter.example.org -Credential (Get-Credential) -WarnPercent 80 -Path capacity.csv
.OUTPUTS
    An object for each VCH: Name, Containers, RunningContainers, Images, Volumes, CpuUsageMhz, CpuLimitMhz, CpuPercent, MemoryUsageMB, MemoryLimitMB,
    MemoryPercent, StorageGB and IsNearLimit.
.NOTES
    Exit status: 0 when no VCH is near a limit, 1 when the script could not do its work, 2 when one is near a limit.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [string[]] $Name = '*',
    [ValidateRange(0, 100)] [int] $WarnPercent = 90,
    [string] $Path,
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Percent {
    # How much of a limit is used; nothing without a limit.
    param([double] $Usage, [AllowNull()] [System.Nullable[long]] $Limit)

    if ($Limit) { [System.Math]::Round(100 * $Usage / $Limit, 1) }
}

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
try {
    $report = @(
        foreach ($usage in @(Get-VCH -Name $Name -Server $session | Get-VCHStatistics)) {
            $cpu = Get-Percent -Usage $usage.CpuUsageMhz -Limit $usage.CpuLimitMhz
            $memory = Get-Percent -Usage $usage.MemoryUsageMB -Limit $usage.MemoryLimitMB
            $storage = $usage.ImageStorageGB + $usage.ContainerStorageGB + $usage.VolumeStorageGB + $usage.EndpointStorageGB
            [pscustomobject] @{
                Name              = $usage.Name
                Containers        = $usage.Containers
                RunningContainers = $usage.RunningContainers
                Images            = $usage.Images
                Volumes           = $usage.Volumes
                CpuUsageMhz       = $usage.CpuUsageMhz
                CpuLimitMhz       = $usage.CpuLimitMhz
                CpuPercent        = $cpu
                MemoryUsageMB     = $usage.MemoryUsageMB
                MemoryLimitMB     = $usage.MemoryLimitMB
                MemoryPercent     = $memory
                StorageGB         = [System.Math]::Round($storage, 3)
                IsNearLimit       = ($null -ne $cpu -and $cpu -ge $WarnPercent) -or ($null -ne $memory -and $memory -ge $WarnPercent)
            }
        }
    )
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($Path) { $report | Export-Csv -Path $Path -Encoding utf8 -NoTypeInformation }
$report
if (@($report | Where-Object { $_.IsNearLimit }).Count -gt 0) { exit 2 }
exit 0

<#
.SYNOPSIS
    Brings virtual container hosts to this module's version, checks each, and goes back where a check fails.
.DESCRIPTION
    VCHs are updated one after the other. Before, the configuration of each is written to a folder. Afterwards its version, the power of its endpoint and the
    containers that ran are looked at, and a check of your own is run. Where one of them fails, Restore-VCH brings the version back that was there before, and
    the script ends with the VCHs that it has not come to yet untouched: what broke one would break the next. An update that fails by itself is taken back by
    Update-VCH.

    A VCH that is up to date is left alone, so the script can be run again.
.PARAMETER BackupPath
    The folder for the configurations; it is created when it is not there.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Name
    The names of the VCHs to update, wildcards allowed.
.PARAMETER Check
    A check of your own. It gets the updated VCH as its argument, and throws when something is wrong with it.
.PARAMETER Timeout
    How many seconds an endpoint may take to serve again.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.EXAMPLE
    ./monthly-upgrade.ps1 -BackupPath ./before -Server vcenter.example.org -Credential (Get-Credential) -WhatIf
.EXAMPLE
    $check = { param($vch) docker --host $vch.DockerHost --tlsverify info > $null; if ($LASTEXITCODE -ne 0) { throw 'docker info failed' } }
    ./monthly-upgrade.ps1 -BackupPath ./before -Server vcenter.example.org -Credential (Get-Credential) -Check $check
.OUTPUTS
    An object for each VCH: Name, From, To, Result (UpToDate, Updated, Restored, Failed, Skipped or WhatIf), Backup and Message.
.NOTES
    Exit status: 0 when every VCH is up to date, 1 when the script could not do its work, 2 when a VCH is not up to date.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $BackupPath,
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [string[]] $Name = '*',
    [scriptblock] $Check = {},
    [ValidateRange(1, 86400)] [int] $Timeout = 180,
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-RunningContainer {
    # The ids of the containers of a VCH that run.
    param([Parameter(Mandatory)] [psobject] $VCH)

    $VCH | Get-ContainerVM | Where-Object { $_.State -eq 'running' } | ForEach-Object { $_.ContainerId }
}

function Assert-Updated {
    # Throws when something is wrong with a VCH after its update.
    param([Parameter(Mandatory)] [psobject] $VCH, [string[]] $Running, [Parameter(Mandatory)] [scriptblock] $Check)

    if ($VCH.UpgradeStatus -ne 'UpToDate') { throw "its version is '$($VCH.Version)' ($($VCH.UpgradeStatus))." }
    if ($VCH.PowerState -ne 'PoweredOn') { throw "its endpoint VM is $($VCH.PowerState)." }
    $now = @(Get-RunningContainer -VCH $VCH)
    $ended = @($Running | Where-Object { $_ -and $now -notcontains $_ })
    if ($ended.Count -gt 0) { throw "these containers do not run any more: $($ended -join ', ')." }
    $null = & $Check $VCH
}

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
$behind = 0
$broken = $false
try {
    $backups = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupPath)
    foreach ($vch in @(Get-VCH -Name $Name -Server $session)) {
        $result = [pscustomobject] @{
            Name = $vch.Name; From = $vch.Version; To = $vch.AvailableVersion; Result = 'WhatIf'; Backup = $null; Message = $null
        }
        if ($vch.UpgradeStatus -eq 'UpToDate') { $result.Result = 'UpToDate' }
        elseif ($broken) {
            $result.Result = 'Skipped'
            $result.Message = 'An earlier one could not be updated.'
        }
        else {
            $isUpdated = $false
            try {
                if (-not $WhatIfPreference) {
                    $null = [System.IO.Directory]::CreateDirectory($backups)
                    $result.Backup = ($vch | Export-VCHConfiguration -Path $backups).FullName
                }
                $running = @(Get-RunningContainer -VCH $vch)
                $updated = $vch | Update-VCH -Timeout $Timeout -PassThru
                if ($updated) {
                    $isUpdated = $true
                    Assert-Updated -VCH $updated -Running $running -Check $Check
                    $result.Result = 'Updated'
                }
            }
            catch {
                $broken = $true
                $result.Result = 'Failed'
                $result.Message = $_.Exception.Message
                if ($isUpdated) {
                    try {
                        # Nobody is there to be asked at night.
                        $vch | Restore-VCH -Timeout $Timeout -Confirm:$false
                        $result.Result = 'Restored'
                    }
                    catch { $result.Message += " Going back failed as well: $($_.Exception.Message)" }
                }
                Write-Warning "$($vch.Name): $($result.Result): $($result.Message)"
            }
        }
        if ($result.Result -ne 'UpToDate' -and $result.Result -ne 'Updated') { $behind++ }
        $result
    }
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($behind -gt 0) { exit 2 }
exit 0

<#
.SYNOPSIS
    Removes containers that ended some days ago.
.DESCRIPTION
    A container counts from the end of its process. One that runs, is paused, was never started, or does not tell when it ended stays. Images and volumes stay
    too. One container that cannot be removed does not keep the others from being removed.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Days
    Containers that ended longer ago than this many days are removed.
.PARAMETER VCH
    The name of the VCH whose containers are looked at, wildcards allowed; all without it.
.PARAMETER Exclude
    Names of containers that stay, wildcards allowed.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.EXAMPLE
    ./remove-stopped-containers.ps1 -Server vcenter.example.org -Credential (Get-Credential) -Days 14 -WhatIf
.EXAMPLE
    ./remove-stopped-containers.ps1 -Server vcenter.example.org -Credential (Get-Credential) -VCH build* -Exclude cache, keep-*
.OUTPUTS
    An object for each container that ended that long ago: Name, ContainerId, VCH, Finished, Result (Removed, Failed or WhatIf) and Message.
.NOTES
    Exit status: 0 when none is left, or with -WhatIf; 1 when the script could not do its work; 2 when a container could not be removed.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [ValidateRange(0, 3650)] [int] $Days = 30,
    [string] $VCH = '*',
    [string[]] $Exclude = @(),
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
$failed = 0
try {
    $before = [datetime]::Now.AddDays(-$Days)
    foreach ($container in @(Get-ContainerVM -VCH $VCH -Server $session)) {
        if ($container.State -ne 'exited' -or -not $container.Finished -or $container.Finished -ge $before) { continue }
        if (@($Exclude | Where-Object { $container.Name -like $_ }).Count -gt 0) { continue }

        $result = [pscustomobject] @{
            Name = $container.Name; ContainerId = $container.ContainerId; VCH = $container.VCH; Finished = $container.Finished
            Result = 'WhatIf'; Message = $null
        }
        try {
            # -WhatIf is passed on; nobody is there to be asked at night.
            $container | Remove-ContainerVM -Confirm:$false
            if (-not $WhatIfPreference) { $result.Result = 'Removed' }
        }
        catch {
            $failed++
            $result.Result = 'Failed'
            $result.Message = $_.Exception.Message
            Write-Warning "$($container.Name): $($_.Exception.Message)"
        }
        $result
    }
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($failed -gt 0) { exit 2 }
exit 0

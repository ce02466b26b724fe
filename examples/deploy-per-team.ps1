<#
.SYNOPSIS
    Gives each team of a list a virtual container host.
.DESCRIPTION
    Reads a CSV file with a line for each VCH. Its columns are parameters of New-VCH; Name, Location, ImageStore and BridgeNetwork have to be there, and an
    empty cell leaves its parameter out. Several values in one cell are separated by semicolons. A cell of VolumeStore holds label=place pairs, such as
    default=datastore1/volumes;shared=datastore2/shared. A switch, such as UseVMGroup, is set by true.

    All mistakes of the list are told together, before anything is created. A team whose VCH exists with this configuration keeps it as it is, so the list
    can be extended and the script run again. One VCH that fails does not keep the others from being created.
.PARAMETER Path
    The CSV file.
.PARAMETER CertificateRoot
    The folder that gets a folder with certificates and keys for each VCH.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.PARAMETER NoWait
    Does not wait until each Docker API answers.
.EXAMPLE
    ./deploy-per-team.ps1 -Path teams.csv -CertificateRoot ./certificates -Server vcenter.example.org -Credential (Get-Credential)

    Creates what is missing of this list:

    Name,Location,ImageStore,BridgeNetwork,CpuLimitMhz,MemLimitGB
    payroll,Cluster,datastore1,payroll-bridge,8000,32
    webshop,Cluster,datastore2,webshop-bridge,,64
.EXAMPLE
    ./deploy-per-team.ps1 -Path teams.csv -CertificateRoot ./certificates -Server vcenter.example.org -Credential (Get-Credential) -WhatIf

    Checks every line against vSphere and changes nothing.
.OUTPUTS
    An object for each line: Name, Result (Ready, WhatIf or Failed), DockerHost, CertificatePath and Message.
.NOTES
    Exit status: 0 when all is as the list says, 1 when the script could not do its work, 2 when it could not for some of the teams.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $CertificateRoot,
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint,
    [switch] $NoWait
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Find-Parameter {
    # The parameter of a command that has a name or an alias; nothing when there is none.
    param([Parameter(Mandatory)] [System.Management.Automation.CommandInfo] $Command, [Parameter(Mandatory)] [string] $Name)

    $Command.Parameters.Values | Where-Object { $_.Name -eq $Name -or $_.Aliases -contains $Name }
}

function ConvertTo-VCHOption {
    # The parameters of New-VCH that one line of the list stands for.
    param([Parameter(Mandatory)] [psobject] $Line, [Parameter(Mandatory)] [System.Management.Automation.CommandInfo] $Command)

    $options = @{}
    foreach ($cell in $Line.PSObject.Properties) {
        if ([string]::IsNullOrEmpty($cell.Value)) { continue }
        $type = (Find-Parameter -Command $Command -Name $cell.Name).ParameterType
        $values = @($cell.Value.Split(';') | ForEach-Object { $_.Trim() })
        if ($type -eq [System.Collections.Hashtable]) {
            $table = @{}
            foreach ($pair in $values) {
                $label, $place = $pair.Split([char[]] '=', 2)
                if (-not $place) { throw "$($cell.Name): '$pair' is not of the form label=place." }
                $table[$label] = $place
            }
            $options[$cell.Name] = $table
        }
        elseif ($type -eq [switch]) {
            if ('true', 'false' -notcontains $cell.Value) { throw "$($cell.Name): '$($cell.Value)' is neither true nor false." }
            $options[$cell.Name] = $cell.Value -eq 'true'
        }
        elseif ($type.IsArray) { $options[$cell.Name] = $values }
        else { $options[$cell.Name] = $cell.Value }
    }
    $options
}

$command = Get-Command -Name New-VCH
$lines = @(Import-Csv -Path $Path)
$needed = 'Name', 'Location', 'ImageStore', 'BridgeNetwork'

# Nothing is created before the whole list has been read.
$problems = @()
$teams = @()
if ($lines.Count -eq 0) { $problems += 'the list is empty' }
else {
    $columns = @($lines[0].PSObject.Properties | ForEach-Object { $_.Name })
    foreach ($column in $columns) { if (-not (Find-Parameter -Command $command -Name $column)) { $problems += "column '$column' is not a parameter of New-VCH" } }
    foreach ($column in $needed) { if ($columns -notcontains $column) { $problems += "column '$column' is missing" } }
}
if ($problems.Count -eq 0) {
    $number = 1
    $names = @()
    foreach ($line in $lines) {
        $number++
        foreach ($column in $needed) { if (-not $line.$column) { $problems += "line ${number}: $column is empty" } }
        if ($names -contains $line.Name) { $problems += "line ${number}: '$($line.Name)' is there twice" }
        $names += $line.Name
        try { $teams += ConvertTo-VCHOption -Line $line -Command $command }
        catch { $problems += "line ${number}: $($_.Exception.Message)" }
    }
}
if ($problems.Count -gt 0) { throw "'$Path' cannot be used: $($problems -join '; ')." }

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
$failed = 0
try {
    foreach ($team in $teams) {
        $result = [pscustomobject] @{ Name = $team.Name; Result = 'WhatIf'; DockerHost = $null; CertificatePath = $null; Message = $null }
        if (-not $team.ContainsKey('CertificatePath')) { $team.CertificatePath = Join-Path $CertificateRoot $team.Name }
        try {
            # -WhatIf is passed on: New-VCH checks the line against vSphere and tells what it would do.
            $vch = New-VCH @team -IfNotExists -NoWait:$NoWait -Server $session
            if ($vch) {
                $result.Result = 'Ready'
                $result.DockerHost = $vch.DockerHost
                $result.CertificatePath = $vch.CertificatePath
            }
        }
        catch {
            $failed++
            $result.Result = 'Failed'
            $result.Message = $_.Exception.Message
            Write-Warning "$($team.Name): $($_.Exception.Message)"
        }
        $result
    }
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($failed -gt 0) { exit 2 }
exit 0

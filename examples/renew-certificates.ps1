<#
.SYNOPSIS
    Renews the certificates of virtual container hosts that expire soon; made to be run every night.
.DESCRIPTION
    A server certificate that expires within some days is replaced by one for the same names; the endpoint VM restarts, containers run on and clients notice
    nothing. For a client certificate a new one for the same name is written to a folder of its own beside the old one, which stays valid: the new folder has
    to be brought to the client. A client that has a newer certificate already gets no further one. An authority that expires is only told, because a new one
    locks out every client: Set-VCH -NewAuthority replaces it at a time that you choose.

    The folder of certificates must hold a folder for each VCH with what New-VCH wrote there, the key of the authority included. One VCH that fails does not
    keep the others from being renewed.
.PARAMETER CertificateRoot
    The folder that holds a folder of certificates for each VCH, by its name.
.PARAMETER Server
    The vCenter or ESXi server.
.PARAMETER Credential
    The account to log in with.
.PARAMETER Days
    Certificates with fewer days left are renewed.
.PARAMETER Name
    The names of the VCHs to look at, wildcards allowed.
.PARAMETER Timeout
    How many seconds an endpoint may take to serve again.
.PARAMETER Port
    The port of the vSphere API.
.PARAMETER Thumbprint
    The thumbprint that the server's certificate must have; without it an authority must vouch for the certificate.
.EXAMPLE
    ./renew-certificates.ps1 -CertificateRoot /srv/vch -Server vcenter.example.org -Credential (Import-Clixml ~/vic-credential.xml)

    As a scheduled task: the file was written once with Get-Credential | Export-Clixml by the account that runs the task.
.EXAMPLE
    ./renew-certificates.ps1 -CertificateRoot /srv/vch -Server vcenter.example.org -Credential (Get-Credential) -Days 60 -WhatIf
.OUTPUTS
    An object for each certificate that expires: VCH, Kind, Subject, NotAfter, Result (Renewed, ByHand, WhatIf or Failed), Path and Message.
.NOTES
    Exit status: 0 when no certificate is left that expires, 1 when the script could not do its work, 2 when a certificate is left that expires.
#>

#Requires -Version 5.1
#Requires -Modules VIC
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $CertificateRoot,
    [Parameter(Mandatory)] [string] $Server,
    [Parameter(Mandatory)] [pscredential] $Credential,
    [ValidateRange(1, 3650)] [int] $Days = 30,
    [string[]] $Name = '*',
    [ValidateRange(1, 86400)] [int] $Timeout = 180,
    [ValidateRange(1, 65535)] [int] $Port = 443,
    [string] $Thumbprint
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Select-LastCertificate {
    # Of each client the certificate that is valid the longest: its older ones need no renewal.
    param([Parameter(ValueFromPipeline)] [psobject] $Certificate)

    begin { $last = @{} }
    process {
        if (-not $last.ContainsKey($Certificate.Subject) -or $last[$Certificate.Subject].NotAfter -lt $Certificate.NotAfter) {
            $last[$Certificate.Subject] = $Certificate
        }
    }
    end { $last.Values }
}

$connection = @{ Server = $Server; Port = $Port; Credential = $Credential }
if ($Thumbprint) { $connection.Thumbprint = $Thumbprint }
$session = Connect-VICServer @connection
$left = 0
try {
    foreach ($vch in @(Get-VCH -Name $Name -Server $session)) {
        $folder = Join-Path $CertificateRoot $vch.Name
        $held = @($vch | Get-VCHCertificate -CertificatePath $folder | Where-Object { -not $_.IsRevoked })
        $due = @($held | Where-Object { $_.Kind -eq 'Server' -or $_.Kind -eq 'ClientAuthority' }) +
            @($held | Where-Object { $_.Kind -eq 'Client' } | Select-LastCertificate)

        foreach ($certificate in @($due | Where-Object { $_.DaysLeft -lt $Days })) {
            $result = [pscustomobject] @{
                VCH = $vch.Name; Kind = $certificate.Kind; Subject = $certificate.Subject; NotAfter = $certificate.NotAfter
                Result = 'WhatIf'; Path = $certificate.Path; Message = $null
            }
            try {
                if ($certificate.Kind -eq 'ClientAuthority') {
                    $result.Result = 'ByHand'
                    $result.Message = 'A new authority locks out every client. Plan it, then use Set-VCH -NewAuthority.'
                }
                elseif ($certificate.Kind -eq 'Server') {
                    $changed = $vch | Set-VCH -RenewCertificate -CertificatePath $folder -Timeout $Timeout -PassThru
                    if ($changed) {
                        $result.Result = 'Renewed'
                        $result.Path = $folder
                    }
                }
                else {
                    if ($certificate.Subject -notmatch 'CN=([^,]+)') { throw "'$($certificate.Subject)' names no client." }
                    $client = $Matches[1]
                    $destination = Join-Path $folder ('{0}-{1:yyyyMMdd}' -f $client, [datetime]::Now)
                    $made = New-VCHCertificate -Name $vch.Name -ClientName $client -CertificatePath $folder -Destination $destination
                    if ($made) {
                        $result.Result = 'Renewed'
                        $result.Path = $destination
                        $result.Message = "Bring '$destination' to the client."
                    }
                }
            }
            catch {
                $result.Result = 'Failed'
                $result.Message = $_.Exception.Message
            }
            if ($result.Result -ne 'Renewed') { $left++ }
            if ($result.Result -eq 'Failed' -or $result.Result -eq 'ByHand') { Write-Warning "$($vch.Name): $($result.Kind) certificate: $($result.Message)" }
            $result
        }
    }
}
finally {
    Disconnect-VICServer $session -WhatIf:$false -Confirm:$false
}

if ($left -gt 0) { exit 2 }
exit 0

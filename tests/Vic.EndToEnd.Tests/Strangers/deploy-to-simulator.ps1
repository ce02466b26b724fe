# Creates a VCH in govmomi's simulator, which runs no guests, and with -Remove takes it away again.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [string] $CertificatePath,
    [string] $Location,
    [string] $Datastore,
    [string] $BridgeNetwork,
    [switch] $Remove
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$password = [securestring]::new()
foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
$credential = [pscredential]::new($env:VIC_TEST_USER, $password)
$null = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT

if ($Remove) {
    Remove-VCH $Name -Force -Confirm:$false
}
else {
    $vch = New-VCH -Name $Name -Location $Location -Datastore $Datastore -BridgeNetwork $BridgeNetwork `
        -CertificatePath $CertificatePath -AdvertisedAddress 'vch.example.org' -CertificateKeyAlgorithm Ecdsa -NoWait -Confirm:$false
    "$($vch.Name) $($vch.PowerState) verified: $($vch.IsVerified)"
}

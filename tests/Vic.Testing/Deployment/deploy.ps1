# Deploys a VCH for the tests, as a runbook would; prints what the tests need, one name=value a line.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [string] $Location,
    [Parameter(Mandatory)] [string] $ImageStore,
    [Parameter(Mandatory)] [string] $BridgeNetwork,
    [Parameter(Mandatory)] [string] $CertificatePath,
    [Parameter(Mandatory)] [string] $TargetAddress,
    [Parameter(Mandatory)] [string] $AdvertisedAddress,
    [Parameter(Mandatory)] [string] $RegistryMirror,
    [Parameter(Mandatory)] [ValidateSet('mutual', 'none')] [string] $Tls
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$password = [securestring]::new()
foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
$credential = [pscredential]::new($env:VIC_TEST_USER, $password)
$server = Connect-VICServer -Server $env:VIC_TEST_SERVER -Port $env:VIC_TEST_PORT -Credential $credential -Thumbprint $env:VIC_TEST_THUMBPRINT

$security = if ($Tls -eq 'none') { @{ NoTls = $true } } else { @{ CertificatePath = $CertificatePath } }
$vch = New-VCH @security -Server $server -Name $Name -Location $Location -ImageStore $ImageStore -BridgeNetwork $BridgeNetwork `
    -TargetAddress $TargetAddress -AdvertisedAddress $AdvertisedAddress `
    -RegistryMirror $RegistryMirror -InsecureRegistry '10.77.0.2' -Confirm:$false
"DockerHost=$($vch.DockerHost)"
"CertificatePath=$($vch.CertificatePath)"

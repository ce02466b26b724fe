<#
.SYNOPSIS
    A tour of VIC for PowerShell on one machine: a lab, a virtual container host, a few containers, and everything gone again.
.DESCRIPTION
    Runs in PowerShell 7 and Windows PowerShell 5.1, and in the shell that comes with the repository. It needs the docker client.
.PARAMETER RegistryPort
    The port of a registry on this machine that stands for Docker Hub. Without it images come from the internet.
.PARAMETER Model
    The inventory of the lab: vcenter or esx.
.EXAMPLE
    ./examples/quickstart.ps1
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingWriteHost', '', Justification = 'A tour is for the eye.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPositionalParameters', '', Justification = 'They are the words of docker.')]
param(
    [int] $RegistryPort,
    [ValidateSet('vcenter', 'esx')] [string] $Model = 'vcenter'
)

$ErrorActionPreference = 'Stop'
$name = 'quickstart'

function Show([string] $Text) {
    Write-Host ''
    Write-Host "== $Text" -ForegroundColor Cyan
}

function Invoke-Docker {
    Write-Host "> docker $args" -ForegroundColor DarkGray
    & docker $args
    if ($LASTEXITCODE -ne 0) { throw "docker $args ended with exit code $LASTEXITCODE." }
}

# A staged module next to the clone's output, else the source manifest: both are called VIC.psd1.
$root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
$manifest = Join-Path $root 'artifacts/module/VIC/VIC.psd1'
if (-not (Test-Path $manifest)) { $manifest = Join-Path $root 'VIC.psd1' }
Import-Module $manifest

# Certificates and keys of this tour; removed at the end.
$work = Join-Path ([System.IO.Path]::GetTempPath()) ('vic-quickstart-' + [System.Guid]::NewGuid().ToString('n'))
$dockerVariables = 'DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'COMPOSE_TLS_VERSION'
$listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
$listener.Start()
$port = $listener.LocalEndpoint.Port
$listener.Stop()

$lab = $null
$vch = $null
try {
    Show 'A vSphere on this machine: the API of vCenter over QEMU virtual machines'
    $lab = Start-VICLab -Model $Model -Publish "${port}:2376@$name"
    $lab | Out-Host
    $server = Connect-VICServer -Server $lab.Server -Port $lab.Port -Credential $lab.Credential -Thumbprint $lab.Thumbprint
    $server | Out-Host

    Show 'A virtual container host: pool, endpoint VM, certificates, Docker API'
    $options = @{
        Name              = $name
        Location          = $lab.ComputeResource
        Datastore         = $lab.Datastores[0]
        BridgeNetwork     = if ($Model -eq 'esx') { $name } else { 'bridge' }
        CertificatePath   = $work
        TargetAddress     = $lab.TargetAddress
        AdvertisedAddress = "127.0.0.1:$port"
        Timeout           = 900
    }
    if ($RegistryPort) {
        # This machine's loopback, as virtual machines in the lab see it.
        $gateway = $lab.TargetAddress.Split(':')[0]
        $options.RegistryMirror = "http://${gateway}:$RegistryPort"
        $options.InsecureRegistry = "${gateway}:$RegistryPort"
    }
    $vch = New-VCH @options
    $vch | Out-Host

    Show 'Point the docker client at it'
    foreach ($variable in $vch.Environment.Keys) {
        [System.Environment]::SetEnvironmentVariable($variable, $vch.Environment[$variable])
        Write-Host "$variable=$($vch.Environment[$variable])"
    }
    Invoke-Docker version

    Show 'A container: it has a kernel of its own, because it is a virtual machine'
    Invoke-Docker run --rm busybox echo 'Hello from inside a container VM'
    Invoke-Docker run --rm busybox uname -a

    Show 'One that stays, seen from Docker and from vSphere'
    Invoke-Docker run -d --name ticker busybox sh -c 'i=0; while true; do echo tick $i; i=$((i+1)); sleep 1; done'
    Invoke-Docker ps
    Get-ContainerVM | Out-Host

    Show 'Its output, and a second process in it'
    Invoke-Docker exec ticker cat /proc/sys/kernel/random/boot_id
    Invoke-Docker logs ticker

    Show 'Stop it and remove it'
    Invoke-Docker rm -f ticker

    Show 'The virtual container host, and its end'
    Get-VCH | Out-Host
    Remove-VCH $vch -Force -Confirm:$false
    $vch = $null
    Write-Host 'Nothing is left in the inventory.'
}
finally {
    foreach ($variable in $dockerVariables) { [System.Environment]::SetEnvironmentVariable($variable, $null) }
    if ($lab) { Stop-VICLab $lab }
    if (Test-Path $work) { [System.IO.Directory]::Delete($work, $true) }
}

# Runs the cmdlets that talk to vSphere, one after the other, and prints how many round trips to it each one has made.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'The blocks that are measured use them.')]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Name,
    [Parameter(Mandatory)] [string] $Location,
    [Parameter(Mandatory)] [string] $ContainerName,
    [Parameter(Mandatory)] [string] $CertificatePath,
    [Parameter(Mandatory)] [string] $Folder
)
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
Import-Module $Module

function Show-Call {
    param([string] $Line, [scriptblock] $Command)

    $DebugPreference = 'Continue'
    $methods = [System.Collections.Generic.List[string]]::new()
    foreach ($item in (& $Command 5>&1)) {
        if ($item -is [System.Management.Automation.DebugRecord]) { $methods.Add($item.Message.Split(' ')[0]) }
    }
    $waits = $methods.FindAll({ param($method) $method -eq 'WaitForUpdatesEx' }).Count
    "${Line}: $($methods.Count), $waits of them to wait"
}

$password = [securestring]::new()
foreach ($character in $env:VIC_TEST_PASSWORD.ToCharArray()) { $password.AppendChar($character) }
$session = @{
    Server = $env:VIC_TEST_SERVER; Port = $env:VIC_TEST_PORT; Thumbprint = $env:VIC_TEST_THUMBPRINT
    Credential = [pscredential]::new($env:VIC_TEST_USER, $password)
}

Show-Call 'Connect-VICServer' { Connect-VICServer @session }
Show-Call 'Get-VCH' { Get-VCH }
Show-Call 'Enter-VCH' { Enter-VCH $Name -CertificatePath $CertificatePath }
Show-Call 'Get-VCHCertificate' { Get-VCHCertificate $Name -CertificatePath $CertificatePath }
Show-Call 'Get-VCHImage' { Get-VCHImage -VCH $Name }
Show-Call 'Get-VCHVolume' { Get-VCHVolume -VCH $Name }
Show-Call 'Get-VCHNetwork' { Get-VCHNetwork -VCH $Name }
Show-Call 'Get-VCHStatistics' { Get-VCHStatistics -VCH $Name }
Show-Call 'Get-VCHLog -Tail 10' { Get-VCHLog $Name -Tail 10 }
Show-Call 'Save-VCHSupportBundle' { Save-VCHSupportBundle $Name -Destination $Folder }
Show-Call 'Export-VCHConfiguration' { Export-VCHConfiguration $Name }
Show-Call 'Test-VCH of a new one' { Test-VCH -Name other -Location $Location -NoTls }
Show-Call 'Test-VCH of this one' { Test-VCH $Name }
Show-Call 'Get-ContainerVM' { Get-ContainerVM }
Show-Call 'Get-ContainerVMLog -Tail 10' { Get-ContainerVMLog $ContainerName -Tail 10 }
Show-Call 'Stop-ContainerVM' { Stop-ContainerVM $ContainerName }
Show-Call 'Start-ContainerVM' { Start-ContainerVM $ContainerName }
Show-Call 'Restart-ContainerVM' { Restart-ContainerVM $ContainerName }
Show-Call 'Set-VCH, without a restart' { Set-VCH $Name -CpuLimitMhz 4000 }
Show-Call 'Set-VCH, with a restart' { Set-VCH $Name -ContainerLimit 5 -CertificatePath $CertificatePath }
Show-Call 'Restore-VCH' { Restore-VCH $Name }
Show-Call 'Update-VCH -Force' { Update-VCH $Name -Force }
Show-Call 'Enable-VCHDebug' { Enable-VCHDebug $Name }
Show-Call 'Disable-VCHDebug' { Disable-VCHDebug $Name }
Show-Call 'Set-VCHFirewall -Allow' { Set-VCHFirewall $Location -Allow }
Show-Call 'Remove-ContainerVM -Force' { Remove-ContainerVM $ContainerName -Force }
Show-Call 'Remove-VCH -Force' { Remove-VCH $Name -Force }
Show-Call 'Disconnect-VICServer' { Disconnect-VICServer $env:VIC_TEST_SERVER }

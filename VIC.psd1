@{
    RootModule           = 'module/VIC.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b3f6f0b8-5d1b-4b0e-9d0b-3f0c7d5b2c61'
    Author               = 'VIC for PowerShell contributors'
    CompanyName          = 'VIC for PowerShell'
    Copyright            = '(c) VIC for PowerShell contributors. Licensed under the Apache License, Version 2.0.'
    Description          = 'Virtual container hosts on vSphere: docker run starts a virtual machine. Creates, checks, lists and removes them, on vCenter, ESXi or a lab on one machine.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FormatsToProcess     = @('module/VIC.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Connect-VICServer'
        'Disable-VCHDebug'
        'Disconnect-VICServer'
        'Enable-VCHDebug'
        'Enter-VCH'
        'Exit-VCH'
        'Export-VCHConfiguration'
        'Get-ContainerVM'
        'Get-ContainerVMLog'
        'Get-VCH'
        'Get-VCHCertificate'
        'Get-VCHImage'
        'Get-VCHLog'
        'Get-VCHNetwork'
        'Get-VCHStatistics'
        'Get-VCHVolume'
        'Get-VICTask'
        'New-VCH'
        'New-VCHCertificate'
        'Remove-ContainerVM'
        'Remove-VCH'
        'Restart-ContainerVM'
        'Restore-VCH'
        'Revoke-VCHCertificate'
        'Save-VCHSupportBundle'
        'Set-VCH'
        'Set-VCHFirewall'
        'Start-ContainerVM'
        'Start-VICLab'
        'Stop-ContainerVM'
        'Stop-VICLab'
        'Stop-VICTask'
        'Test-VCH'
        'Update-VCH'
        'Wait-VICTask'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('vSphere', 'VMware', 'Docker', 'Containers', 'VIC', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'First release: virtual container hosts are created, checked, listed and removed; their certificates are made, listed and revoked; their logs are read. What is missing stands in docs/limitations.md of the project.'
        }
    }
}

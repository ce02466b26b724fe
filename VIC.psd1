@{
    RootModule           = 'module/VIC.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b3f6f0b8-5d1b-4b0e-9d0b-3f0c7d5b2c61'
    Author               = 'VIC for PowerShell contributors'
    CompanyName          = 'VIC for PowerShell'
    Copyright            = '(c) VIC for PowerShell contributors'
    Description          = 'Virtual container hosts on vSphere: docker run starts a virtual machine.'
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
        'Get-ContainerVM'
        'Get-VCH'
        'Get-VCHCertificate'
        'Get-VCHLog'
        'Get-VICTask'
        'New-VCH'
        'New-VCHCertificate'
        'Remove-VCH'
        'Restore-VCH'
        'Revoke-VCHCertificate'
        'Save-VCHSupportBundle'
        'Set-VCH'
        'Set-VCHFirewall'
        'Start-VICLab'
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
            Tags = @('vSphere', 'Docker', 'Containers', 'VIC', 'PSEdition_Desktop', 'PSEdition_Core')
        }
    }
}

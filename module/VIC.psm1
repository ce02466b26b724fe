# Only .NET calls and engine cmdlets here: the module also loads where the standard cmdlet modules are not installed.

$edition = if ($PSVersionTable.PSEdition -eq 'Core') { 'core' } else { 'desktop' }
$framework = if ($edition -eq 'core') { 'net8.0' } else { 'netstandard2.0' }
$root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)

# A shipped module holds bin/core and bin/desktop; a source clone holds the newest build output.
$assembly = [System.IO.Path]::Combine($root, 'bin', $edition, 'Vic.PowerShell.dll')
if (-not [System.IO.File]::Exists($assembly)) {
    $built = foreach ($configuration in 'release', 'debug') {
        $path = [System.IO.Path]::Combine($root, 'artifacts', 'bin', 'Vic.PowerShell', "${configuration}_$framework", 'Vic.PowerShell.dll')
        if ([System.IO.File]::Exists($path)) { [System.IO.FileInfo]::new($path) }
    }
    $newest = $null
    foreach ($file in $built) {
        if ($null -eq $newest -or $file.LastWriteTimeUtc -gt $newest.LastWriteTimeUtc) { $newest = $file }
    }
    if ($null -eq $newest) {
        throw "The module is not built. Run 'dotnet run --project build -- build' in '$root', then import it again."
    }
    $assembly = $newest.FullName
}

$outer = [System.Reflection.Assembly]::LoadFrom($assembly)
$inner = if ($edition -eq 'core') {
    $outer.GetType('Vic.PowerShell.Loading.ModuleLoadContext', $true).GetMethod('Load').Invoke($null, @())
} else {
    $outer
}

# Without -PassThru and this hand-over, cmdlets of a nested binary module would not be exported by this one.
$cmdlets = Import-Module -Assembly $inner -PassThru
Export-ModuleMember -Cmdlet @($cmdlets.ExportedCmdlets.Keys)

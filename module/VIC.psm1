# Only .NET calls and engine cmdlets here, as few as possible: the module also loads where the standard cmdlet modules are not installed, and each kind of call costs
# milliseconds at the first import of a session.

$edition = if ($PSEdition -eq 'Core') { 'core' } else { 'desktop' }
$path = "$PSScriptRoot/../bin/$edition/Vic.PowerShell.dll"
if (-not [System.IO.File]::Exists($path)) {
    # A shipped module holds bin/core and bin/desktop; a source clone holds the newest build output.
    $root = [System.IO.Path]::GetDirectoryName($PSScriptRoot)
    $framework = if ($edition -eq 'core') { 'net8.0' } else { 'netstandard2.0' }
    $newest = $null
    foreach ($configuration in 'release', 'debug') {
        $file = [System.IO.FileInfo]::new("$root/artifacts/bin/Vic.PowerShell/${configuration}_$framework/Vic.PowerShell.dll")
        if ($file.Exists -and ($null -eq $newest -or $file.LastWriteTimeUtc -gt $newest.LastWriteTimeUtc)) {
            $newest = $file
        }
    }
    if ($null -eq $newest) {
        throw "The module is not built. Run 'dotnet run --project build -- build' in '$root', then import it again."
    }
    $path = $newest.FullName
}

$assembly = [System.Reflection.Assembly]::LoadFrom($path)
if ($edition -eq 'core') {
    $assembly = [Vic.PowerShell.Loading.ModuleLoadContext]::Load()
}

# Without this hand-over, cmdlets of a nested binary module would not be exported by this one.
Import-Module -Assembly $assembly
Export-ModuleMember -Cmdlet '*'

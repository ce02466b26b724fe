<#
.SYNOPSIS
    Runs a target of the build program: build, images, help, module, pack, demo, test, soak, bench, clean.
.EXAMPLE
    ./build.ps1 demo
#>
param(
    [Parameter(Position = 0)] [string] $Target = 'build',
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Arguments
)

$ErrorActionPreference = 'Stop'
& dotnet run --project "$PSScriptRoot/build" -- $Target @Arguments
exit $LASTEXITCODE

# Checks a script without running it: it parses, and each command and parameter in it exists here. Prints one line a problem.
param([Parameter(Mandatory)] [string] $Module, [Parameter(Mandatory)] [string] $Script)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$tokens = $null
$errors = $null
$ast = [System.Management.Automation.Language.Parser]::ParseFile($Script, [ref] $tokens, [ref] $errors)
foreach ($problem in $errors) { "line $($problem.Extent.StartLineNumber): $($problem.Message)" }

# Pester is not here; a suite for it may use its words.
$pester = if ($Script -like '*.Tests.ps1') { 'BeforeDiscovery', 'BeforeAll', 'AfterAll', 'BeforeEach', 'AfterEach', 'Describe', 'Context', 'It', 'Should' } else { @() }
$functions = foreach ($function in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true)) { $function.Name }
foreach ($command in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
    $name = $command.GetCommandName()
    $line = $command.Extent.StartLineNumber
    if (-not $name -or $name -eq 'docker' -or $functions -contains $name -or $pester -contains $name) { continue }
    $known = Get-Command $name -ErrorAction Ignore
    if ($known.CommandType -eq 'Application') { continue }
    if (-not $known) { "line ${line}: no command '$name'"; continue }
    foreach ($element in $command.CommandElements) {
        if ($element -isnot [System.Management.Automation.Language.CommandParameterAst]) { continue }
        $wanted = $element.ParameterName
        $fits = foreach ($parameter in $known.Parameters.Values) {
            if ($parameter.Name -like "$wanted*" -or $parameter.Aliases -contains $wanted) { $parameter.Name }
        }
        if (-not $fits) { "line ${line}: '$name' has no parameter '-$wanted'" }
    }
}

# Runs a Pester suite where Pester is not installed: the few of its words that this project's suites use, with the meaning that they have in Pester 5.
# Prints a line for each It: 'passed' or 'failed', the case of its Describe, the title, and the reason of a failure.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Tags choose nothing here.')]
param([Parameter(Mandatory)] [string] $Suite, [hashtable] $Data = @{})

# A block that a module runs with a dot is run in the scope of its writer, so what a BeforeAll sets is there in the blocks after it.
$words = New-Module -ScriptBlock {
    $script:end = {}
    $script:case = ''

    function BeforeDiscovery([scriptblock] $Body) { . $Body }
    function BeforeAll([scriptblock] $Body) { . $Body }
    function AfterAll([scriptblock] $Body) { $script:end = $Body }

    function Describe {
        [CmdletBinding()]
        [OutputType([string])]
        param([Parameter(Position = 0)] [string] $Title, [Parameter(Position = 1)] [scriptblock] $Body, [string[]] $Tag, [Alias('ForEach')] [hashtable[]] $Case = @(@{}))

        foreach ($values in $Case) {
            $script:case = "$($values.Values)"
            foreach ($key in $values.Keys) { $PSCmdlet.SessionState.PSVariable.Set($key, $values[$key]) }
            try { . $Body }
            catch { "failed: ${Title}: $($_.Exception.Message)" }
            finally {
                . $script:end
                $script:end = {}
            }
        }
    }

    function It {
        [CmdletBinding()]
        [OutputType([string])]
        param([Parameter(Position = 0)] [string] $Title, [Parameter(Position = 1)] [scriptblock] $Body, [string[]] $Tag)

        try {
            $null = & $Body
            "passed: ${script:case}: ${Title}"
        }
        catch { "failed: ${script:case}: ${Title}: $($_.Exception.Message)" }
    }

    function Should {
        [CmdletBinding()]
        param(
            [Parameter(ValueFromPipeline)] $Actual,
            [switch] $Not, [switch] $BeTrue, [switch] $BeNullOrEmpty, [switch] $Throw,
            $Be, [string] $BeLike, [string] $ExpectedMessage = '*'
        )

        begin { $found = @() }
        process { $found += , $Actual }
        end {
            $value = if ($found.Count -eq 1) { $found[0] } else { $found }
            $isSo = if ($BeTrue) { [bool] $value }
            elseif ($BeNullOrEmpty) { $null -eq $value -or @($value).Count -eq 0 -or '' -eq "$value" }
            elseif ($Throw) {
                $message = $null
                try { $null = & $value } catch { $message = $_.Exception.Message }
                $value = "an error: $message"
                $null -ne $message -and $message -like $ExpectedMessage
            }
            elseif ($PSBoundParameters.ContainsKey('BeLike')) { $value -like $BeLike }
            elseif ($PSBoundParameters.ContainsKey('Be')) { $value -eq $Be }
            else { throw 'This runner does not know that assertion.' }
            if ($isSo -eq [bool] $Not) { throw "got '$value'" }
        }
    }
}
Import-Module $words
& $Suite @Data

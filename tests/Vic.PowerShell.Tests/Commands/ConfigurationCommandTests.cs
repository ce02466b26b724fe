namespace Vic.PowerShell.Tests.Commands;

/// <summary>What Export-VCHConfiguration tells of a VCH makes it again: as a file, as an object, and as a command.</summary>
public sealed class ConfigurationCommandTests(EmptyLab lab) : IClassFixture<EmptyLab>
{
    private const string Deploy = """
        $options = @{
            Name = 'first'; Location = 'Cluster'; Datastore = 'datastore1/images'; BridgeNetwork = 'bridge'; AdvertisedAddress = '127.0.0.1:2376'
            EndpointCpu = 2; EndpointMemoryGB = 0.5; CpuLimitMhz = 2000; CpuSharesLevel = 'High'; MemLimitGB = 4; NumMemShares = 1234; UseVMGroup = $true
            BaseImageSizeGB = 4; StorageQuotaGB = 5; VolumeStore = @{ default = 'datastore2/volumes'; shared = 'nfs://filer/vol1?uid=1&gid=2' }
            ContainerLimit = 17; ContainerNameConvention = 'it''s-{name}'; BridgeNetworkRange = '10.64.0.0/12'; BridgeNetworkWidth = 20
            DnsServer = '192.0.2.53', '192.0.2.54'; AsymmetricRoutes = $true; DebugLevel = 1
            RegistryMirror = 'mirror.example.org'; InsecureRegistry = '10.1.0.0/16'; WhitelistRegistry = '*.example.org', 'docker.io'
            HttpProxy = 'http://proxy.example.org:3128'; NoProxy = '.example.org', '10.0.0.0/8'
            TlsCommonName = 'vch.example.org'; Organization = 'Research', 'Example'; CertificateKeyAlgorithm = 'Ecdsa'; CertificateKeySize = 384
            NoWait = $true; WarningAction = 'SilentlyContinue'
        }
        $vch = New-VCH @options

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_VCH_with_many_options_comes_back_from_a_file_an_object_and_a_command()
    {
        const string script = """
            $null = [System.IO.Directory]::CreateDirectory('exports')
            $file = $vch | Export-VCHConfiguration -Path exports
            "file: $($file.Name)"
            $json = Export-VCHConfiguration first
            $command = Export-VCHConfiguration first -AsCommand
            Remove-VCH first -Force -Confirm:$false
            $again = New-VCH -Configuration exports/first.json -NoWait -WarningAction SilentlyContinue
            "from a file: $((Export-VCHConfiguration first) -eq $json)"
            Remove-VCH first -Force -Confirm:$false
            $again = [scriptblock]::Create($command + ' -NoWait -WarningAction SilentlyContinue').Invoke()
            "from a command: $((Export-VCHConfiguration first) -eq $json)"
            Remove-VCH first -Force -Confirm:$false
            $again = New-VCH -Configuration $json -NoWait -WarningAction SilentlyContinue -ContainerLimit 3
            "a parameter wins: $((Export-VCHConfiguration first) -match '"ContainerLimit": 3,')"
            Remove-VCH first -Force -Confirm:$false
            $json
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("file: first.json", output, StringComparison.Ordinal);
        Assert.Contains("from a file: True", output, StringComparison.Ordinal);
        Assert.Contains("from a command: True", output, StringComparison.Ordinal);
        Assert.Contains("a parameter wins: True", output, StringComparison.Ordinal);
        Assert.Contains("\"ContainerNameConvention\": \"it's-{name}\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Facts.Password, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VCH_is_brought_to_a_configuration_by_its_differences_and_parameters_win()
    {
        const string script = """
            $vch | Export-VCHConfiguration -Path first.json > $null
            $vch | Set-VCH -Configuration first.json -WarningVariable told -WarningAction SilentlyContinue
            "same: $told"
            $wanted = Get-VCH first | Export-VCHConfiguration | ConvertFrom-Json
            $wanted.CpuLimitMhz = 1500
            $wanted.ContainerLimit = 5
            $wanted.PSObject.Properties.Remove('HttpProxy')
            $wanted.PSObject.Properties.Remove('NoProxy')
            Set-VCH first -Configuration $wanted -ContainerLimit 6 -WhatIf
            $vch | Set-VCH -Configuration $wanted -ContainerLimit 6 -Timeout 1 -WarningAction SilentlyContinue
            "applied: $((Export-VCHConfiguration first | ConvertFrom-Json | ForEach-Object { "$($_.CpuLimitMhz) $($_.ContainerLimit) $($_.HttpProxy)" }))"
            Remove-VCH first -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + Deploy + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("same: 'first' is as asked already; nothing was changed.", output, StringComparison.Ordinal);
        Assert.Contains(
            "Change, restarting the endpoint VM while containers run on: CpuLimitMhz: 2000 -> 1500; HttpProxy: http://proxy.example.org:3128 -> none; "
            + "NoProxy: .example.org, 10.0.0.0/8 -> none; ContainerLimit: 17 -> 6",
            output,
            StringComparison.Ordinal);
        Assert.Contains("applied: 1500 6 \n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IfNotExists_takes_what_is_there_and_tells_what_differs()
    {
        const string script = """
            $first = New-VCH -Name once -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -NoTls -NoWait -IfNotExists -WarningAction SilentlyContinue
            $same = New-VCH -Name once -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -NoTls -NoWait -IfNotExists -Verbose 4>&1
            foreach ($line in $same) { "same: $line" }
            "one: $($same[-1].Id -eq $first.Id) $(@(Get-VCH once).Count)"
            try {
                New-VCH -Name once -Location Cluster -Datastore datastore2 -BridgeNetwork bridge -NoTls -NoWait -IfNotExists -ContainerLimit 5
            } catch {
                "error: $($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category)"
                $_.Exception.Message
            }
            Remove-VCH once -Force -Confirm:$false
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.Contains("same: 'once' exists with this configuration; nothing was changed.", output, StringComparison.Ordinal);
        Assert.Contains("one: True 1", output, StringComparison.Ordinal);
        Assert.Contains("error: VchDiffers,", output, StringComparison.Ordinal);
        Assert.Contains("ResourceExists", output, StringComparison.Ordinal);
        Assert.Contains("-Datastore: \"datastore1\", and \"datastore2\" is asked for", output, StringComparison.Ordinal);
        Assert.Contains("-ContainerLimit: its usual value, and 5 is asked for", output, StringComparison.Ordinal);
        Assert.Contains("-AdvertisedAddress: \"127.0.0.1:2376\", and its usual value is asked for", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Configuration @{ Nmae = 'x' }", "'Nmae' is no property of a configuration")]
    [InlineData("-Configuration lost.json", "lost.json' cannot be read")]
    [InlineData("-Configuration '{ \"Name\": 1 }'", "'Name' takes a text")]
    [InlineData("-Configuration 5", "takes a file, JSON or an object")]
    [InlineData("-NoTls -NoTlsVerify", "pass one of them")]
    [InlineData("-ContainerNetwork @{ Network = 'bridge'; Colour = 'red' }", "-ContainerNetwork knows no 'Colour'")]
    public async Task What_cannot_be_read_is_refused_by_name(string arguments, string message)
    {
        var result = await lab.RunAsync(EmptyLab.Connect + $"New-VCH -Location Cluster -Datastore datastore1 -BridgeNetwork bridge {arguments}", Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_context_is_written_kept_and_told_of_when_its_VCH_goes()
    {
        const string script = """
            $env:DOCKER_CONFIG = [System.IO.Path]::GetFullPath('docker')
            $vch = New-VCH -Name contextual -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -AdvertisedAddress 127.0.0.1:2376 -CertificateKeyAlgorithm Ecdsa -DockerContext team -NoWait -WarningAction SilentlyContinue
            foreach ($file in [System.IO.Directory]::GetFiles('docker', '*', 'AllDirectories')) { "file: $([System.IO.Path]::GetFileName($file))" }
            try { New-VCH -Name another -Location Cluster -Datastore datastore1 -BridgeNetwork bridge -NoTls -DockerContext team } catch { "error: $($_.FullyQualifiedErrorId)" }
            "VCHs: $(@(Get-VCH another*).Count)"
            Remove-VCH contextual -Force -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
            "told: $told"
            "kept: $([System.IO.Directory]::GetFiles('docker', 'meta.json', 'AllDirectories').Count)"
            """;

        var result = await lab.RunAsync(EmptyLab.Connect + script, Cancellation);

        var output = result.EnsureSuccess().Output;
        Assert.All(["ca.pem", "cert.pem", "key.pem", "meta.json"], file => Assert.Contains($"file: {file}", output, StringComparison.Ordinal));
        Assert.Contains("error: DockerContextExists,", output, StringComparison.Ordinal);
        Assert.Contains("VCHs: 0", output, StringComparison.Ordinal);
        Assert.Contains("told: The docker context 'team' still points at 'contextual', which is gone. Remove it with: docker context rm team", output, StringComparison.Ordinal);
        Assert.Contains("kept: 1", output, StringComparison.Ordinal);
    }
}

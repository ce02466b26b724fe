using Vic.Build.Packing;
using Vic.Testing.Files;

namespace Vic.Build.Tests.Packing;

/// <summary>A small staged module with two ISOs: what the packer is given.</summary>
internal sealed class StagedModule : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StagedModule()
    {
        Write("VIC/VIC.psd1", File.ReadAllText(Repository.PathOf("VIC.psd1")));
        Write("VIC/bin/core/Vic.PowerShell.dll", "an assembly");
        Write("VIC/bin/core/Vic.PowerShell.pdb", "its symbols");
        Write("VIC/bin/core/Vic.PowerShell.xml", "its documentation");
        Write("VIC/en-US/VIC-Help.xml", "<helpItems/>");
        Write("appliance.iso", "the appliance");
        Write("bootstrap.iso", "the bootstrap");
    }

    public static IReadOnlyList<Component> Components { get; } =
    [
        new("nuget", "BouncyCastle.Cryptography", "2.7.0", "MIT", "Permission is hereby granted", ["VIC"]),
        new("deb", "libgmp10", "2:6.2.1+dfsg1-1.1", License: null, "Files: *\nLicense: LGPL-3", ["appliance.iso"]),
    ];

    public string PathOf(string name) => _folder[name];

    public ModulePackage Pack() =>
        ModulePackage.Create(_folder["VIC"], [_folder["appliance.iso"], _folder["bootstrap.iso"]], Repository.PathOf("LICENSE"), Components);

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], content);
    }

    public void Dispose() => _folder.Dispose();
}

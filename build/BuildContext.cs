using Vic.Build.Execution;

namespace Vic.Build;

/// <summary>Where the repository is, where output goes, and how tools are started.</summary>
internal sealed class BuildContext
{
    private BuildContext(string root, IReadOnlyList<string> options)
    {
        Root = root;
        Options = options;
        Tools = new ToolRunner(root);
    }

    /// <summary>The repository's root folder.</summary>
    public string Root { get; }

    /// <summary>What followed the target's name on the command line.</summary>
    public IReadOnlyList<string> Options { get; }

    public ToolRunner Tools { get; }

    /// <summary>The configuration everything is built in, so that nothing is built twice.</summary>
    public const string Configuration = "Release";

    public string Solution => Path.Combine(Root, "VicPowerShell.sln");

    /// <summary>The folder of everything that is built; <c>clean</c> removes it.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Images => Path.Combine(Artifacts, "images");

    public string Module => Path.Combine(Artifacts, "module", "VIC");

    public string Lab => Path.Combine(Artifacts, "lab");

    public string Shell => Path.Combine(Artifacts, "shell");

    /// <summary>Files downloaded once and kept between builds.</summary>
    public string Downloads => Path.Combine(Artifacts, "downloads");

    /// <summary>Finds the repository above the current folder.</summary>
    public static BuildContext Locate(IReadOnlyList<string> options)
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VicPowerShell.sln")))
            {
                return new BuildContext(folder.FullName, options);
            }
        }

        throw new BuildFailedException("run this inside the repository: VicPowerShell.sln is in no folder above the current one");
    }

    public static void Say(string message) => Console.WriteLine($"==> {message}");
}

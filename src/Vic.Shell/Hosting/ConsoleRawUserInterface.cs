using System.Management.Automation.Host;

namespace Vic.Shell.Hosting;

/// <summary>The console's size; there is no access to single cells.</summary>
internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    // What a log of a pipeline or a CI run is usually read with.
    private const int WidthOfAFile = 160;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => new(Console.IsOutputRedirected ? WidthOfAFile : Math.Max(Console.WindowWidth, 40), 9999);
        set { }
    }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => new(BufferSize.Width, Console.IsOutputRedirected ? 50 : Math.Max(Console.WindowHeight, 10));
        set { }
    }

    public override string WindowTitle { get; set; } = "Vic.Shell";

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoCells();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoCells();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host fills the whole buffer.
        if (rectangle.Left < 0 && !Console.IsOutputRedirected)
        {
            Console.Clear();
        }
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoCells();

    private static NotSupportedException NoCells() => new("This shell does not read or write single cells of the console.");
}

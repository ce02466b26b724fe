using Vic.Shell;

if (!ShellArguments.TryParse(args, out var arguments, out var problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(ShellArguments.Usage);
    return 64;
}

using var session = new ShellSession();
Console.CancelKeyPress += (_, key) => key.Cancel = session.Stop();
return arguments.Mode switch
{
    ShellMode.File => session.RunFile(arguments.Text, arguments.Rest),
    ShellMode.Command => session.RunCommand(arguments.Text),
    _ => session.RunPrompt(),
};

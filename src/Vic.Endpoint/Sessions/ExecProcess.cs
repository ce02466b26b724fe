using Vic.Endpoint.Machines;
using Vic.Guest.Sessions;

namespace Vic.Endpoint.Sessions;

/// <summary>A further process; the guest learns of it when it is started.</summary>
internal sealed class ExecProcess(ContainerSession session, GuestCommand command) : SessionProcess(command.Terminal)
{
    private (int Columns, int Rows) _size;

    public override Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken)
    {
        // Docker's client sends the size beside the start, sometimes before it.
        _size = (columns, rows);
        return base.ResizeAsync(columns, rows, cancellationToken);
    }

    protected override Task LaunchAsync(CancellationToken cancellationToken)
    {
        var task = session.Execute(new ExecuteRequest
        {
            Label = command.Id,
            Arguments = command.Arguments,
            Environment = command.Environment,
            User = command.User,
            WorkingDirectory = command.WorkingDirectory,
            Tty = command.Terminal,
            OpenStdin = command.OpenInput,
            Rows = _size.Rows,
            Columns = _size.Columns,
        });
        Attach(task);
        return task.Started.WaitAsync(cancellationToken);
    }
}

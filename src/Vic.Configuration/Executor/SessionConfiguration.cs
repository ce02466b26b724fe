namespace Vic.Configuration;

/// <summary>One process that PID 1 starts and watches.</summary>
public sealed class SessionConfiguration : IGuestInfoStructure
{
    /// <summary>The environment that hosts the entity; the reference system never fills it.</summary>
    public string ExecutionEnvironment { get; set; } = "";

    /// <summary>The session's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The session's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Free text; hidden from the guest.</summary>
    public string Notes { get; set; } = "";

    /// <summary>The executable; looked for in <c>PATH</c> when it has no slash.</summary>
    public string Path { get; set; } = "";

    /// <summary>The arguments, the command's own name first.</summary>
    public List<string> Arguments { get; set; } = [];

    /// <summary>The environment as <c>NAME=value</c>.</summary>
    public List<string> Environment { get; set; } = [];

    /// <summary>The working directory; the root when empty.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary>Whether clients may attach to the streams.</summary>
    public bool Attach { get; set; }

    /// <summary>Whether standard input stays open for clients.</summary>
    public bool OpenStdin { get; set; }

    /// <summary>Whether the process waits until the endpoint has bound its streams.</summary>
    public bool RunBlock { get; set; }

    /// <summary>Whether the session is to be run at all.</summary>
    public bool Active { get; set; }

    /// <summary>Whether the process gets a terminal.</summary>
    public bool Tty { get; set; }

    /// <summary>The exit code, written by the guest.</summary>
    public int ExitStatus { get; set; }

    /// <summary><c>true</c> once the process runs, else why it does not; written by the guest.</summary>
    public string Started { get; set; } = "";

    /// <summary>Whether the process is started again when it ends.</summary>
    public bool Restart { get; set; }

    /// <summary>The signal that asks the process to end, by name or number; <c>TERM</c> when empty.</summary>
    public string StopSignal { get; set; } = "";

    /// <summary>Log level and restart counters.</summary>
    public Diagnostics Diagnostics { get; } = new();

    /// <summary>The user: a name or a number, with <c>:group</c> or without.</summary>
    public string User { get; set; } = "";

    /// <summary>The group, where <see cref="User"/> names none.</summary>
    public string Group { get; set; } = "";

    /// <summary>When the session was created, in nanoseconds since 1970.</summary>
    public long CreateTime { get; set; }

    /// <summary>When the process was started, in nanoseconds since 1970; written by the guest.</summary>
    public long StartTime { get; set; }

    /// <summary>When the process ended, in nanoseconds since 1970; written by the guest.</summary>
    public long StopTime { get; set; }

    /// <summary>Resource limits as <c>name=soft:hard</c>, such as <c>nofile=1024:4096</c> (our key).</summary>
    public List<string> ResourceLimits { get; set; } = [];

    /// <summary>Further groups of the user, by name or number (our key).</summary>
    public List<string> SupplementaryGroups { get; set; } = [];

    /// <summary>Capabilities beyond Docker's default set, such as <c>NET_ADMIN</c> or <c>ALL</c> (our key).</summary>
    public List<string> AddedCapabilities { get; set; } = [];

    /// <summary>Capabilities taken from Docker's default set (our key).</summary>
    public List<string> DroppedCapabilities { get; set; } = [];

    /// <summary>Whether the process keeps every capability (our key).</summary>
    public bool Privileged { get; set; }

    /// <summary>Whether executables cannot raise the process's privileges (our key).</summary>
    public bool NoNewPrivileges { get; set; }

    /// <summary>Rows of the terminal at the start; 0 when unknown (our key).</summary>
    public long TerminalRows { get; set; }

    /// <summary>Columns of the terminal at the start; 0 when unknown (our key).</summary>
    public long TerminalColumns { get; set; }

    /// <summary>Seconds between the stop signal and the kill when the guest itself shuts down; 0 for the default of ten (our key).</summary>
    public long StopTimeout { get; set; }

    /// <summary>Writes this session alone, as a guest does when its state has changed. Times come last: who sees them sees all.</summary>
    /// <param name="writer">Where the values go.</param>
    /// <param name="root">The root of the executor configuration.</param>
    /// <param name="sessionId">The session's key in <see cref="ExecutorConfiguration.Sessions"/>.</param>
    public void Write(GuestInfoWriter writer, GuestInfoKey root, string sessionId) =>
        ((IGuestInfoStructure)this).Map(writer, root.Child("sessions", GuestInfoScope.ReadOnly).Entry(sessionId));

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        var common = key.Child("common", GuestInfoScope.ReadOnly);
        ExecutionEnvironment = map.Text(common.Child("ExecutionEnvironment"), ExecutionEnvironment);
        Id = map.Text(common.Child("id", GuestInfoScope.ReadOnly), Id);
        Name = map.Text(common.Child("name", GuestInfoScope.ReadOnly), Name);
        Notes = map.Text(common.Child("notes", GuestInfoScope.Hidden), Notes);
        var command = key.Child("cmd", GuestInfoScope.ReadOnly);
        Path = map.Text(command.Child("Path"), Path);
        Arguments = map.Texts(command.Child("Args"), Arguments);
        Environment = map.Texts(command.Child("Env"), Environment);
        WorkingDirectory = map.Text(command.Child("Dir"), WorkingDirectory);
        Attach = map.Flag(key.Child("attach", GuestInfoScope.ReadOnly), Attach);
        OpenStdin = map.Flag(key.Child("openstdin", GuestInfoScope.ReadOnly), OpenStdin);
        RunBlock = map.Flag(key.Child("runblock", GuestInfoScope.ReadWrite), RunBlock);
        Active = map.Flag(key.Child("active", GuestInfoScope.ReadOnly), Active);
        Tty = map.Flag(key.Child("tty", GuestInfoScope.ReadOnly), Tty);
        MapAdditions(map, key);
        ExitStatus = map.Integer(key.Child("status", GuestInfoScope.ReadWrite), ExitStatus);
        Started = map.Text(key.Child("started", GuestInfoScope.ReadWrite), Started);
        Restart = map.Flag(key.Child("restart", GuestInfoScope.ReadOnly), Restart);
        StopSignal = map.Text(key.Child("stopSignal", GuestInfoScope.ReadOnly), StopSignal);
        Diagnostics.Map(map, key.Child("diagnostics", GuestInfoScope.ReadOnly));
        User = map.Text(key.Child("User", GuestInfoScope.ReadOnly), User);
        Group = map.Text(key.Child("Group", GuestInfoScope.ReadOnly), Group);
        var detail = key.Child("detail", GuestInfoScope.ReadWrite);
        CreateTime = map.Number(detail.Child("createtime"), CreateTime);
        StartTime = map.Number(detail.Child("starttime"), StartTime);
        StopTime = map.Number(detail.Child("stoptime"), StopTime);
    }

    private void MapAdditions(GuestInfoMapper map, GuestInfoKey key)
    {
        var process = key.Child("process", GuestInfoScope.ReadOnly);
        ResourceLimits = map.Texts(process.Child("limits"), ResourceLimits);
        SupplementaryGroups = map.Texts(process.Child("groups"), SupplementaryGroups);
        AddedCapabilities = map.Texts(process.Child("capadd"), AddedCapabilities);
        DroppedCapabilities = map.Texts(process.Child("capdrop"), DroppedCapabilities);
        Privileged = map.FlagIfSet(process.Child("privileged"), Privileged);
        NoNewPrivileges = map.FlagIfSet(process.Child("nonewprivileges"), NoNewPrivileges);
        TerminalRows = map.NumberIfSet(process.Child("rows"), TerminalRows);
        TerminalColumns = map.NumberIfSet(process.Child("columns"), TerminalColumns);
        StopTimeout = map.NumberIfSet(process.Child("stoptimeout"), StopTimeout);
    }
}

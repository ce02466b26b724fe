namespace Vic.Configuration;

/// <summary>How one run of a process ended.</summary>
public sealed class ExitLog : IGuestInfoStructure
{
    /// <summary>When it ended.</summary>
    public GuestTime? Time { get; set; }

    /// <summary>The exit code.</summary>
    public int ExitStatus { get; set; }

    /// <summary>What was known about the cause.</summary>
    public string Message { get; set; } = "";

    void IGuestInfoStructure.Map(GuestInfoMapper map, GuestInfoKey key)
    {
        Time = map.Time(key.Child("Time"), Time);
        ExitStatus = map.Integer(key.Child("ExitStatus"), ExitStatus);
        Message = map.Text(key.Child("Message"), Message);
    }
}

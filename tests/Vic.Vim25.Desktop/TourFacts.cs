namespace Vic.Vim25.Desktop;

/// <summary>Where the tour goes.</summary>
internal sealed class TourFacts(string[] arguments, string password)
{
    public VimClientOptions Options => new(new Uri(arguments[0])) { Thumbprint = arguments[1] };

    public string User => arguments[2];

    public string Password => password;

    public string Datacenter => arguments[3];

    public string Datastore => arguments[4];

    /// <summary>A machine that is powered on.</summary>
    public string Machine => arguments[5];

    /// <summary>A server that answers nothing as vim25 does.</summary>
    public Uri Broken => new(arguments[6]);

    /// <summary>Fails the tour.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"This is not so: {what}");
        }
    }

    /// <summary>Runs something that must fail in a certain way.</summary>
    public static async Task<TError> FailAsync<TError>(Func<Task> action, string what)
        where TError : Exception
    {
        try
        {
            await action();
        }
        catch (TError error)
        {
            return error;
        }

        throw new InvalidOperationException($"This did not fail: {what}");
    }
}

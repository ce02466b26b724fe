using System.Globalization;
using Vic.Lab.Machines;

namespace Vic.Lab.GuestRpc.Vix;

/// <summary>Guest operations as VIX commands over guest RPC.</summary>
internal sealed class VixGuestOperations(Func<GuestRpcEndpoint?> endpoint) : IGuestOperations
{
    private const int MaximumParts = 64;

    public Task ValidateCredentialsAsync(GuestCredentials credentials, CancellationToken cancellationToken) =>

        // No process has the id 0; asking for it takes the credentials and nothing else.
        SendAsync(VixRequest.ListProcesses(credentials, [0], 0, 0), cancellationToken);

    public async Task<long> StartProgramAsync(GuestCredentials credentials, GuestProgram program, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(VixRequest.StartProgram(credentials, program), cancellationToken).ConfigureAwait(false);
        return long.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new GuestOperationException(GuestOperationFailure.Failed, "The guest's tools started a program and did not say its process id.");
    }

    public async Task<IReadOnlyList<GuestProcess>> ListProcessesAsync(
        GuestCredentials credentials, IReadOnlyList<long> processIds, CancellationToken cancellationToken)
    {
        var text = "";
        var key = 0u;
        for (var part = 0; part < MaximumParts; part++)
        {
            var request = VixRequest.ListProcesses(credentials, processIds, key, (uint)text.Length);
            var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            text += VixProcessList.StripContinuation(answer);
            if (VixProcessList.ReadContinuation(answer) is not { } more)
            {
                return VixProcessList.Parse(text);
            }

            key = more.Key;
        }

        throw new GuestOperationException(GuestOperationFailure.Failed, "The guest's process list has no end.");
    }

    public Task TerminateProcessAsync(GuestCredentials credentials, long processId, CancellationToken cancellationToken) =>
        SendAsync(VixRequest.TerminateProcess(credentials, processId), cancellationToken);

    public Task MakeDirectoryAsync(GuestCredentials credentials, string path, bool createParents, CancellationToken cancellationToken) =>
        SendAsync(VixRequest.CreateDirectory(credentials, path, createParents), cancellationToken);

    private async Task<string> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        var channel = endpoint()
            ?? throw new GuestOperationException(GuestOperationFailure.ToolsUnavailable, "The virtual machine is not powered on.");
        return VixReply.Parse(await channel.CommandAsync(request, cancellationToken).ConfigureAwait(false));
    }
}

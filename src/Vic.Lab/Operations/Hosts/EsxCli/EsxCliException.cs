namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>An esxcli command failed; the message is what esxcli prints.</summary>
internal sealed class EsxCliException(string message) : Exception(message);

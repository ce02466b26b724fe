using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Hosts.EsxCli;

/// <summary>
/// esxcli as clients reach it through vCenter: a method executer of each host carries calls to handlers that the API itself does not have.
/// </summary>
internal sealed class EsxCliOperations(LabWorld world)
{
    private const string CommandInfo = "vim.CLIInfo.FetchCLIInfo";
    private const string CommandInfoHandler = "ha-dynamic-type-manager-local-cli-cliinfo";
    private const string Prefix = "vim.EsxCLI.";

    public void AddTo(OperationTable table)
    {
        table.Add<RetrieveManagedMethodExecuterRequest, HostEntity>((_, host, _) => Part(host, "ReflectManagedMethodExecuter"));
        table.Add<RetrieveDynamicTypeManagerRequest, HostEntity>((_, host, _) => Part(host, "InternalDynamicTypeManager"));
        table.Add<ExecuteSoapRequest, HostPartObject>((_, executer, request) =>
        {
            if (executer.Reference.Type != "ReflectManagedMethodExecuter")
            {
                throw Faults.NotSupported($"ExecuteSoap on {executer.Reference.Type}");
            }

            try
            {
                return new ReflectManagedMethodExecuterSoapResult { Response = Execute(executer.Host, request) };
            }
            catch (EsxCliException failure)
            {
                return new ReflectManagedMethodExecuterSoapResult
                {
                    Fault = new ReflectManagedMethodExecuterSoapFault
                    {
                        FaultMsg = "EsxCLI.CLIFault.summary",
                        FaultDetail = EsxCliXml.Fault(failure.Message),
                    },
                };
            }
        });
    }

    private string? Execute(HostEntity host, ExecuteSoapRequest request)
    {
        var arguments = EsxCliXml.Arguments(request.Argument ?? []);
        if (request is { Moid: CommandInfoHandler, Method: CommandInfo })
        {
            return EsxCliCommands.Describe(arguments.Text("typeName") is { } type && type.StartsWith(Prefix, StringComparison.Ordinal)
                ? type[Prefix.Length..]
                : throw new EsxCliException("The name of a type of vim.EsxCLI is expected."));
        }

        var name = request.Method.StartsWith(Prefix, StringComparison.Ordinal) ? request.Method[Prefix.Length..] : string.Empty;
        var command = EsxCliCommands.Find(name);
        if (command is null || request.Moid != command.Handler)
        {
            throw new EsxCliException($"Unknown command or namespace {name.Replace('.', ' ')}.");
        }

        foreach (var argument in arguments.Names)
        {
            if (!command.Parameters.Any(parameter => parameter.Name == argument))
            {
                throw new EsxCliException($"Invalid option {argument}.");
            }
        }

        lock (world.Store.Gate)
        {
            return command.Run(new EsxCliCall(world, host, arguments));
        }
    }

    /// <summary>The object of a host that is made when it is first asked for.</summary>
    private ManagedObjectReference Part(HostEntity host, string type)
    {
        var reference = new ManagedObjectReference(type, $"{type}-{host.Reference.Value}");
        lock (world.Store.Gate)
        {
            if (!world.Store.TryFind(reference, out _))
            {
                world.Store.Add(new HostPartObject(reference, host));
            }
        }

        return reference;
    }
}

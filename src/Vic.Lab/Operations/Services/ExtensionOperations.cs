using Vic.Lab.Inventory;
using Vic.Vim25;

namespace Vic.Lab.Operations.Services;

/// <summary>ExtensionManager.</summary>
internal sealed class ExtensionOperations(LabWorld world)
{
    private const int Limit = 1000;
    private const int KeyLimit = 255;
    private const int Bytes = 64 * 1024;

    public void AddTo(OperationTable table)
    {
        table.Add<FindExtensionRequest, ServiceObject>((_, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                return Find(manager, request.ExtensionKey);
            }
        });
        table.Add<RegisterExtensionRequest, ServiceObject>((_, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                Check(request.Extension);
                if (Find(manager, request.Extension.Key) is not null)
                {
                    throw Faults.InvalidArgument("extension.key", $"The extension '{request.Extension.Key}' is registered already: update it instead.");
                }

                if (All(manager).Count >= Limit)
                {
                    throw Faults.LimitExceeded("extension", Limit);
                }

                manager.Write("extensionList", All(manager).Append(request.Extension).ToList());
                return null;
            }
        });
        table.Add<UpdateExtensionRequest, ServiceObject>((_, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                Check(request.Extension);
                var old = Existing(manager, request.Extension.Key);
                manager.Write("extensionList", All(manager).ConvertAll(extension => extension == old ? request.Extension : extension));
                return null;
            }
        });
        table.Add<UnregisterExtensionRequest, ServiceObject>((_, manager, request) =>
        {
            lock (world.Store.Gate)
            {
                var old = Existing(manager, request.ExtensionKey);
                manager.Write("extensionList", All(manager).FindAll(extension => extension != old));
                return null;
            }
        });
    }

    private static void Check(Extension extension)
    {
        if (extension.Key.Length is 0 or > KeyLimit || extension.Version.Length == 0)
        {
            throw Faults.InvalidArgument("extension", $"An extension has a key of at most {KeyLimit} characters, and a version.");
        }

        if (SoapResponseWriter.Result(new FindExtensionRequest(), extension).Length > Bytes)
        {
            throw Faults.InvalidArgument("extension", $"An extension has at most {Bytes} bytes.");
        }
    }

    private static Extension Existing(ServiceObject manager, string key)
        => Find(manager, key) ?? throw Faults.NotFound($"The extension '{key}'");

    private static Extension? Find(ServiceObject manager, string key) => All(manager).Find(extension => extension.Key == key);

    private static List<Extension> All(ServiceObject manager) => manager.Read<List<Extension>>("extensionList") ?? [];
}

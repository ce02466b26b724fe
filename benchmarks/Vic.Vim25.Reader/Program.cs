using Vic.Vim25;
using Vic.Vim25.Reader;

// usage: Vic.Vim25.Reader <url> <thumbprint> list|stream
//        Vic.Vim25.Reader <url> <thumbprint> calls <connections> <count>
if (args is not [var url, var thumbprint, var what, .. var rest])
{
    Console.Error.WriteLine("usage: Vic.Vim25.Reader <url> <thumbprint> list|stream|calls [connections count]");
    return 2;
}

var connections = rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 1;
using var client = await VimClient.ConnectAsync(new VimClientOptions(new Uri(url)) { Thumbprint = thumbprint, MaxConnections = connections });
await client.LoginAsync("reader", Environment.GetEnvironmentVariable("VIC_BENCHMARK_PASSWORD") ?? "");
Console.WriteLine(what switch
{
    "list" => await InventoryReading.ListAsync(client),
    "stream" => await InventoryReading.StreamAsync(client),
    "calls" => await SmallCalls.RunAsync(client, connections, int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture)),
    _ => throw new ArgumentException($"'{what}' is no work of this program."),
});
await client.LogoutAsync();
return 0;

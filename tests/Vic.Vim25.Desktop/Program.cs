using Vic.Vim25;
using Vic.Vim25.Desktop;

// usage: Vic.Vim25.Desktop <url> <thumbprint> <user> <datacenter> <datastore> <machine> <broken server's url>
// The password is in VIC_TEST_PASSWORD. Each step throws when the framework makes the client behave otherwise than elsewhere.
var facts = new TourFacts(args, Environment.GetEnvironmentVariable("VIC_TEST_PASSWORD") ?? "");
await TourConnections.RunAsync(facts);
using VimClient client = await VimClient.ConnectAsync(facts.Options);
await client.LoginAsync(facts.User, facts.Password);
await TourInventory.RunAsync(client, facts);
await TourFiles.RunAsync(client, facts);
await client.LogoutAsync();
Console.WriteLine("the tour is complete");

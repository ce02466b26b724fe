namespace Vic.Vim25.Desktop;

/// <summary>Files on a datastore.</summary>
internal static class TourFiles
{
    public static async Task RunAsync(VimClient client, TourFacts facts)
    {
        var files = new DatastoreFiles(client, facts.Datacenter, facts.Datastore);
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        await files.UploadAsync("a b+c.bin", new MemoryStream(content), content.Length);
        TourFacts.Require(await files.GetSizeAsync("a b+c.bin") == content.Length, "the file is there");
        var back = new MemoryStream();
        await files.DownloadAsync("a b+c.bin", back);
        TourFacts.Require(back.ToArray().SequenceEqual(content), "the file is what was sent");
        DatastoreFileException error = await TourFacts.FailAsync<DatastoreFileException>(
            () => files.DownloadAsync("missing", new MemoryStream()), "a file that is not there cannot be read");
        TourFacts.Require(error.IsNotFound, "the error says so");
    }
}

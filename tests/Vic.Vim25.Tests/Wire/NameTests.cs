using System.Reflection;

namespace Vic.Vim25.Tests.Wire;

public sealed class NameTests
{
    private static readonly string[] ImplicitUsings =
        ["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    [Fact]
    public void No_type_has_the_name_of_one_that_every_file_sees()
    {
        Assembly[] framework = [typeof(object).Assembly, typeof(HttpClient).Assembly, typeof(Enumerable).Assembly, typeof(Uri).Assembly, typeof(Stack<>).Assembly];
        HashSet<string> taken = [.. framework
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => ImplicitUsings.Contains(type.Namespace))
            .Select(type => type.Name)];

        taken.IntersectWith(typeof(VimClient).Assembly.GetExportedTypes().Select(type => type.Name));
        Assert.Empty(taken);
    }
}

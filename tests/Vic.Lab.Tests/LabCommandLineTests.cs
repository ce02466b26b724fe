using Vic.Lab.Inventory;
using Vic.Lab.Machines;

namespace Vic.Lab.Tests;

public sealed class LabCommandLineTests
{
    [Theory]
    [InlineData("esx", "none")]
    [InlineData("ESX", "None")]
    public void Words_of_an_option_are_read_in_any_case(string model, string runtime)
    {
        var options = LabCommandLine.Parse(["--model", model, "--runtime", runtime], _ => null);

        Assert.Equal((InventoryModel.Esx, RuntimeKind.None), (options.Model, options.Runtime));
    }

    [Theory]
    [InlineData("--model", "esxi", "--model esxi: expected esx or vcenter.")]
    [InlineData("--runtime", "kvm", "--runtime kvm: expected qemu or none.")]
    public void A_word_that_is_none_of_them_is_refused_with_those_that_are(string name, string value, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => LabCommandLine.Parse([name, value], _ => null)).Message);
}

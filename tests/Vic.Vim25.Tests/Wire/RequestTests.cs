namespace Vic.Vim25.Tests.Wire;

public sealed class RequestTests
{
    private static readonly ManagedObjectReference Vm = new("VirtualMachine", "vm-42");

    [Fact]
    public void A_request_has_its_parameters_in_the_order_of_the_wire()
    {
        var request = new CreateSnapshotTaskRequest { This = Vm, Quiesce = true, Name = "before", Description = "a < b & c" };

        Assert.Contains(
            "<CreateSnapshot_Task xmlns=\"urn:vim25\"><_this type=\"VirtualMachine\">vm-42</_this><name>before</name>"
            + "<description>a &lt; b &amp; c</description><memory>false</memory><quiesce>true</quiesce></CreateSnapshot_Task>",
            Xml.Text(request),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_base_type_come_first_and_the_type_is_named()
    {
        var request = new ReconfigVMTaskRequest
        {
            This = Vm,
            Spec = new VirtualMachineConfigSpec
            {
                DeviceChange =
                [
                    new VirtualDeviceConfigSpec
                    {
                        Operation = VirtualDeviceConfigSpecOperation.Add,
                        Device = new VirtualCdrom
                        {
                            ControllerKey = 200,
                            Key = -1,
                            Backing = new VirtualCdromIsoBackingInfo { FileName = "[ds] a.iso" },
                        },
                    },
                ],
            },
        };

        Assert.Contains(
            "<operation>add</operation><device xsi:type=\"VirtualCdrom\"><key>-1</key>"
            + "<backing xsi:type=\"VirtualCdromIsoBackingInfo\"><fileName>[ds] a.iso</fileName></backing>"
            + "<controllerKey>200</controllerKey></device>",
            Xml.Text(request),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_reads_what_PowerCLI_and_pyvmomi_write()
    {
        VimRequest request = Xml.Request(
            """
            <RetrievePropertiesEx xmlns="urn:vim25"><_this type="PropertyCollector" xsi:type="ManagedObjectReference">propertyCollector</_this>
              <specSet xsi:type="PropertyFilterSpec">
                <propSet><type>VirtualMachine</type><all>false</all><pathSet>name</pathSet><pathSet>summary.runtime.powerState</pathSet></propSet>
                <objectSet><obj type="ContainerView">session[1]view</obj><skip>1</skip>
                  <selectSet xsi:type="TraversalSpec"><name>traverse</name><type>ContainerView</type><path>view</path><skip>0</skip></selectSet>
                </objectSet>
              </specSet>
              <options/>
            </RetrievePropertiesEx>
            """);

        var retrieve = Assert.IsType<RetrievePropertiesExRequest>(request);
        Assert.Equal("propertyCollector", retrieve.This.Value);
        Assert.Equal(["name", "summary.runtime.powerState"], retrieve.SpecSet[0].PropSet[0].PathSet);
        ObjectSpec target = retrieve.SpecSet[0].ObjectSet[0];
        Assert.True(target.Skip);
        Assert.Equal("view", Assert.IsType<TraversalSpec>(Assert.Single(target.SelectSet!)).Path);
    }

    [Fact]
    public void An_unknown_method_is_named_in_the_error()
    {
        var error = Assert.Throws<UnknownMethodException>(() => Xml.Request("<MakeCoffee xmlns='urn:vim25'><_this type='A'>b</_this></MakeCoffee>"));
        Assert.Equal("MakeCoffee", error.MethodName);
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_an_error_that_names_the_method()
    {
        var error = Assert.Throws<VimProtocolException>(() => Xml.Request(
            "<UpdateProgress xmlns='urn:vim25'><_this type='Task'>t</_this><percentDone>many</percentDone></UpdateProgress>"));
        Assert.Equal("UpdateProgress", error.MethodName);
    }

    [Fact]
    public void Every_method_of_the_catalog_survives_a_round_trip()
    {
        foreach (string name in MethodCatalog.MethodNames)
        {
            Assert.True(MethodCatalog.TryCreate(name, out VimRequest? request));
            request.This = Vm;
            if (request is { MethodName: not null } && CanWriteEmpty(request))
            {
                VimRequest back = SoapRequestReader.Read(new MemoryStream(Xml.Bytes(request)));
                Assert.Equal(request.GetType(), back.GetType());
                Assert.Equal(Vm, back.This);
            }
        }
    }

    private static bool CanWriteEmpty(VimRequest request)
    {
        try
        {
            Xml.Bytes(request);
            return true;
        }
        catch (InvalidOperationException)
        {
            // A required reference or enum is not set.
            return false;
        }
    }
}

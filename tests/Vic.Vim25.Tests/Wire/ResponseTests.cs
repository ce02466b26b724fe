namespace Vic.Vim25.Tests.Wire;

public sealed class ResponseTests
{
    private static readonly RetrievePropertiesExRequest Retrieve = new() { This = new("PropertyCollector", "propertyCollector") };

    [Fact]
    public void Property_values_of_any_type_are_read_by_their_xsi_type()
    {
        RetrieveResult? result = Xml.Response(
            Retrieve,
            """
            <RetrievePropertiesExResponse xmlns="urn:vim25"><returnval><token>7</token><objects><obj type="VirtualMachine">vm-42</obj>
              <propSet><name>name</name><val xsi:type="xsd:string">caf&#233; &amp; <![CDATA[<bar>]]></val></propSet>
              <propSet><name>config.hardware.device</name><val xsi:type="ArrayOfVirtualDevice">
                <VirtualDevice xsi:type="VirtualDisk"><key>2000</key><deviceInfo><label>Hard disk 1</label><summary>s</summary></deviceInfo>
                  <backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[ds] a.vmdk</fileName><diskMode>persistent</diskMode>
                    <thinProvisioned>true</thinProvisioned></backing><capacityInKB>8388608</capacityInKB></VirtualDisk></VirtualDevice>
              </val></propSet>
              <propSet><name>runtime.powerState</name><val xsi:type="VirtualMachinePowerState">poweredOn</val></propSet>
              <propSet><name>datastore</name><val xsi:type="ArrayOfManagedObjectReference">
                <ManagedObjectReference type="Datastore" xsi:type="ManagedObjectReference">datastore-1</ManagedObjectReference></val></propSet>
              <propSet><name>runtime.bootTime</name><val xsi:type="xsd:dateTime">2024-02-29T12:00:00.5Z</val></propSet>
              <propSet><name>from.the.future</name><val xsi:type="QuantumState"><spin><up>1</up></spin></val></propSet>
              <propSet><name>parent</name><val type="Folder" xsi:type="ManagedObjectReference">group-v3</val></propSet>
            </objects></returnval></RetrievePropertiesExResponse>
            """.Replace("</VirtualDisk></VirtualDevice>", "</VirtualDevice>", StringComparison.Ordinal));

        Assert.Equal("7", result!.Token);
        ObjectContent content = Assert.Single(result.Objects!);
        object? Value(string name) => content.PropSet!.Single(property => property.Name == name).Val;
        Assert.Equal("café & <bar>", Value("name"));
        var disk = Assert.IsType<VirtualDisk>(Assert.Single(Assert.IsType<List<VirtualDevice>>(Value("config.hardware.device"))));
        Assert.Equal(8388608, disk.CapacityInKB);
        Assert.True(Assert.IsType<VirtualDiskFlatVer2BackingInfo>(disk.Backing).ThinProvisioned);
        Assert.Equal(VirtualMachinePowerState.PoweredOn, Value("runtime.powerState"));
        Assert.Equal([new ManagedObjectReference("Datastore", "datastore-1")], Assert.IsType<List<ManagedObjectReference>>(Value("datastore")));
        Assert.Equal(new DateTime(2024, 2, 29, 12, 0, 0, 500, DateTimeKind.Utc), Value("runtime.bootTime"));
        Assert.Null(Value("from.the.future"));
        Assert.Equal(new ManagedObjectReference("Folder", "group-v3"), Value("parent"));
    }

    [Fact]
    public void An_unknown_subtype_is_read_as_the_base_that_was_declared()
    {
        var request = new ReconfigVMTaskRequest();
        using var reader = new VimXmlReader(
            new MemoryStream("<x><spec><deviceChange><device xmlns:xsi='i' xsi:type='VirtualHologram'><key>9</key><hue>red</hue></device></deviceChange></spec></x>"u8.ToArray()),
            VimXmlLimits.Response);
        Assert.True(reader.MoveToRoot());
        request.ReadMembers(reader);

        VirtualDevice device = request.Spec.DeviceChange![0].Device;
        Assert.Equal(typeof(VirtualDevice), device.GetType());
        Assert.Equal(9, device.Key);
    }

    [Fact]
    public void A_fault_keeps_its_type_even_when_the_schema_does_not_know_it()
    {
        byte[] known = Xml.Envelope(
            """
            <soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Not now.</faultstring><detail>
              <InvalidPowerStateFault xmlns="urn:vim25" xsi:type="InvalidPowerState"><requestedState>poweredOn</requestedState>
              <existingState>suspended</existingState></InvalidPowerStateFault></detail></soapenv:Fault>
            """);
        var fault = Assert.IsType<InvalidPowerState>(Xml.Fault(known, out string text));
        Assert.Equal(VirtualMachinePowerState.Suspended, fault.ExistingState);
        Assert.Equal("Not now.", text);

        byte[] unknown = Xml.Envelope(
            "<soapenv:Fault><faultstring>?</faultstring><detail><StrangeFault xsi:type=\"Strange\"><a/></StrangeFault></detail></soapenv:Fault>");
        Assert.Equal("Strange", Xml.Fault(unknown, out _)!.FaultType);
    }

    [Fact]
    public void What_a_server_writes_a_client_reads()
    {
        var info = new TaskInfo
        {
            Key = "task-1",
            Task = new("Task", "task-1"),
            State = TaskInfoState.Error,
            QueueTime = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Reason = new TaskReasonUser { UserName = "root" },
            Result = new List<string> { "a", "b" },
            Error = new LocalizedMethodFault { Fault = new FileNotFound { File = "[ds] x" }, LocalizedMessage = "gone" },
        };
        var content = new ObjectContent { Obj = info.Task, PropSet = [new DynamicProperty { Name = "info", Val = info }] };

        byte[] bytes = SoapResponseWriter.Result(Retrieve, new RetrieveResult { Objects = [content] });
        var back = Assert.IsType<TaskInfo>(Xml.Response(Retrieve, bytes)!.Objects![0].PropSet![0].Val);

        Assert.Equal("[ds] x", Assert.IsType<FileNotFound>(back.Error!.Fault).File);
        Assert.Equal(["a", "b"], Assert.IsType<List<string>>(back.Result));
        Assert.Equal(info.QueueTime, back.QueueTime);
        Assert.Equal(bytes, SoapResponseWriter.Result(Retrieve, new RetrieveResult
        {
            Objects = [new ObjectContent { Obj = back.Task, PropSet = [new DynamicProperty { Name = "info", Val = back }] }],
        }));
    }

    [Fact]
    public void A_response_without_the_result_that_the_method_promises_is_an_error() =>
        Assert.Throws<VimProtocolException>(() => Xml.Response(new PowerOnVMTaskRequest(), "<PowerOnVM_TaskResponse xmlns='urn:vim25'/>"));

    [Fact]
    public void Properties_are_found_by_their_wire_names_without_reflection()
    {
        var summary = new VirtualMachineSummary { Runtime = new VirtualMachineRuntimeInfo { PowerState = VirtualMachinePowerState.PoweredOn } };

        Assert.True(summary.TryGetProperty("runtime", out object? runtime));
        Assert.True(((DataObject)runtime!).TryGetProperty("powerState", out object? state));
        Assert.Equal(VirtualMachinePowerState.PoweredOn, state);
        Assert.False(summary.TryGetProperty("nonsense", out _));
        Assert.True(ManagedTypeCatalog.Find("VirtualMachine")!.Properties.ContainsKey("name"));
        Assert.True(ManagedTypeCatalog.Find("ClusterComputeResource")!.IsA("ManagedEntity"));
    }
}

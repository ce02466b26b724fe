"""OptionManager of the server."""
from pyVmomi import vim, vmodl

from checks import contains, equal, expect
from sentences import sentence

SERIAL = "config.vpxd.SerialPort.PersistNetworkBacking"


def options(journey):
    return journey.content.setting


@sentence(on="vcenter")
def an_option_is_set_and_read(journey):
    options(journey).UpdateOptions([vim.option.OptionValue(key=SERIAL, value="true")])
    option, = options(journey).QueryOptions(SERIAL)
    equal((SERIAL, "true"), (option.key, option.value))
    options(journey).UpdateOptions([vim.option.OptionValue(key=SERIAL, value="false")])
    equal("false", options(journey).QueryOptions(SERIAL)[0].value)


@sentence
def options_are_listed(journey):
    keys = [option.key for option in options(journey).QueryOptions(None)]
    assert keys
    equal(keys, [option.key for option in options(journey).setting])


@sentence
def options_are_found_by_the_start_of_their_names(journey):
    first = options(journey).setting[0].key
    start = first.split(".")[0] + "."
    found = [option.key for option in options(journey).QueryOptions(start)]
    contains(first, found)
    assert all(key.startswith(start) for key in found), found


@sentence
def an_option_that_is_none_is_refused_by_its_name(journey):
    expect(vim.fault.InvalidName, options(journey).QueryOptions, "nonsense")


@sentence(on="esx", simulator_differs="it takes a new option")
def a_host_takes_no_new_option(journey):
    expect((vim.fault.InvalidName, vmodl.fault.InvalidArgument), options(journey).UpdateOptions, [
        vim.option.OptionValue(key="nonsense.option", value="1")])

"""HostDatastoreBrowser, datastores as objects, and StorageResourceManager."""
from pyVmomi import vim, vmodl

from chapters.disks import create as create_disk, directory
from checks import contains, done, equal, expect, expect_failed, same
from sentences import sentence

Browser = vim.host.DatastoreBrowser


def prepare(journey):
    path = directory(journey, "b")
    journey.content.fileManager.MakeDirectory(path + "/c", journey.datacenter)
    journey.http("PUT", "b/one.txt", b"1")
    journey.http("PUT", "b/two.iso", b"22")
    journey.http("PUT", "b/c/three.txt", b"333")
    return path


def search(journey, path, pattern="*", **wanted):
    return done(journey.datastore.browser.SearchDatastore_Task(path, Browser.SearchSpec(matchPattern=[pattern], **wanted)))


def names(result):
    return [file.path for file in result.file]


@sentence
def a_directory_is_listed(journey):
    path = prepare(journey)
    result = search(journey, path)
    contains(result.folderPath.rstrip("/"), path)
    equal(journey.datastore, result.datastore)
    same(["one.txt", "two.iso", "c"], names(result))


@sentence
def directories_below_are_listed_too(journey):
    path = prepare(journey)
    results = done(journey.datastore.browser.SearchDatastoreSubFolders_Task(path, Browser.SearchSpec(matchPattern=["*"])))
    found = {(result.folderPath.rstrip("/"), name) for result in results for name in names(result)}
    contains((path, "one.txt"), found)
    contains((path + "/c", "three.txt"), found)


@sentence
def files_are_chosen_by_pattern(journey):
    path = prepare(journey)
    equal(["one.txt"], names(search(journey, path, "*.txt")))


@sentence
def details_are_given_on_request(journey):
    path = prepare(journey)
    details = Browser.FileInfo.Details(fileType=True, fileSize=True, modification=True, fileOwner=False)
    file, = search(journey, path, "two.iso", details=details).file
    equal((2, True), (file.fileSize, file.modification is not None))


@sentence
def files_are_chosen_by_type(journey):
    path = prepare(journey)
    create_disk(journey, path + "/disk.vmdk")
    details = Browser.FileInfo.Details(fileType=True, fileSize=False, modification=False, fileOwner=False)
    file, = search(journey, path, query=[Browser.VmDiskQuery()], details=details).file
    assert isinstance(file, Browser.VmDiskInfo), type(file)
    equal("disk.vmdk", file.path)


@sentence
def a_directory_that_is_not_there_cannot_be_listed(journey):
    expect_failed(vim.fault.FileNotFound, journey.datastore.browser.SearchDatastore_Task, journey.path("none"), None)


@sentence
def a_path_must_be_one(journey):
    expect_failed(vim.fault.InvalidDatastorePath, journey.datastore.browser.SearchDatastore_Task, "nonsense", None)


@sentence(simulator_differs="it breaks off the connection")
def a_search_needs_no_specification(journey):
    path = prepare(journey)
    same(["one.txt", "two.iso", "c"], names(done(journey.datastore.browser.SearchDatastore_Task(path, None))))


@sentence(simulator_differs="its host's browser is not there")
def the_host_browses_its_datastores(journey):
    path = prepare(journey)
    contains("one.txt", names(done(journey.host.datastoreBrowser.SearchDatastore_Task(path, None))))


@sentence
def a_datastore_knows_its_space(journey):
    summary = journey.datastore.summary
    equal((journey.datastore, journey.datastore.name, True), (summary.datastore, summary.name, summary.accessible))
    assert 0 < summary.freeSpace <= summary.capacity, summary


@sentence(simulator_differs="its answer to a refresh is empty, not XML")
def a_datastore_is_refreshed(journey):
    journey.datastore.RefreshDatastore()
    equal(journey.datastore.summary.freeSpace, journey.datastore.info.freeSpace)


@sentence
def a_datastore_knows_its_hosts(journey):
    assert journey.datastore.host
    for mount in journey.datastore.host:
        contains(journey.datastore, mount.key.datastore)


@sentence(simulator_lacks="DestroyDatastore")
def a_datastore_in_use_is_not_destroyed(journey):
    journey.create_machine("kept")
    try:
        journey.datastore.DestroyDatastore()
    except (vim.fault.ResourceInUse, vmodl.fault.NotSupported):
        return
    raise AssertionError("the datastore is gone")


def placement(journey, pod=None):
    return vim.storageDrs.StoragePlacementSpec(
        type="create", folder=journey.datacenter.vmFolder, resourcePool=journey.pool,
        podSelectionSpec=vim.storageDrs.PodSelectionSpec(storagePod=pod),
        configSpec=vim.vm.ConfigSpec(name="placed", files=vim.vm.FileInfo()))


@sentence(on="vcenter")
def a_placement_needs_a_datastore_cluster(journey):
    expect(vmodl.fault.InvalidArgument, journey.content.storageResourceManager.RecommendDatastores, placement(journey))

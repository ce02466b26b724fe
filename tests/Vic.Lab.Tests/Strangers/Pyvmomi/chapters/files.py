"""FileManager, DatastoreNamespaceManager and the HTTP access to datastores."""
from pyVmomi import vim, vmodl

from chapters.disks import directory
from checks import contains, done, equal, expect, expect_failed
from sentences import sentence


def manager(journey):
    return journey.content.fileManager


@sentence
def a_directory_is_made_once(journey):
    path = directory(journey, "d")
    expect(vim.fault.FileAlreadyExists, manager(journey).MakeDirectory, path, journey.datacenter)


@sentence
def parents_are_made_on_request(journey):
    path = directory(journey, "d")
    expect(vim.fault.FileNotFound, manager(journey).MakeDirectory, path + "/e/f", journey.datacenter, False)
    manager(journey).MakeDirectory(path + "/e/f", journey.datacenter, True)
    expect(vim.fault.FileAlreadyExists, manager(journey).MakeDirectory, path + "/e", journey.datacenter)


@sentence
def a_path_names_a_datastore_that_is_there(journey):
    expect(vim.fault.InvalidDatastorePath, manager(journey).MakeDirectory, "nonsense", journey.datacenter)
    expect(vim.fault.InvalidDatastore, manager(journey).MakeDirectory, "[none] d", journey.datacenter)


@sentence
def a_file_is_written_and_read(journey):
    directory(journey, "d")
    contains(journey.http("PUT", "d/f.txt", b"hello world")[0], (200, 201))
    equal((200, b"hello world"), journey.http("GET", "d/f.txt"))
    equal((200, b""), journey.http("HEAD", "d/f.txt"))


@sentence
def a_part_of_a_file_is_read(journey):
    directory(journey, "d")
    journey.http("PUT", "d/f.txt", b"hello world")
    equal((206, b"world"), journey.http("GET", "d/f.txt", headers={"Range": "bytes=6-"}))


@sentence
def a_file_that_is_not_there_is_not_found(journey):
    equal(404, journey.http("GET", "d/none")[0])
    equal(404, journey.http("HEAD", "d/none")[0])


@sentence(simulator_differs="it takes PUT and GET only")
def a_file_is_deleted(journey):
    directory(journey, "d")
    journey.http("PUT", "d/f.txt", b"hello")
    equal(204, journey.http("DELETE", "d/f.txt")[0])
    equal(404, journey.http("GET", "d/f.txt")[0])
    equal(404, journey.http("DELETE", "d/f.txt")[0])


@sentence
def nothing_outside_of_a_datastore_is_read(journey):
    contains(journey.http("GET", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd")[0], (400, 403, 404))


@sentence(simulator_differs="it asks for no credentials")
def a_file_needs_credentials(journey):
    equal(401, journey.http("GET", "d/none", headers={"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="})[0])


@sentence
def a_file_is_moved(journey):
    path = directory(journey, "d")
    journey.http("PUT", "d/f.txt", b"hello")
    move = manager(journey).MoveDatastoreFile_Task
    done(move(path + "/f.txt", journey.datacenter, path + "/g.txt", journey.datacenter, False))
    equal([(404, b""), (200, b"hello")], [journey.http("GET", "d/" + name) for name in ("f.txt", "g.txt")])
    expect_failed(vim.fault.FileNotFound, move, path + "/f.txt", journey.datacenter, path + "/h.txt", journey.datacenter, False)


@sentence
def a_file_is_copied(journey):
    path = directory(journey, "d")
    journey.http("PUT", "d/f.txt", b"hello")
    copy = manager(journey).CopyDatastoreFile_Task
    done(copy(path + "/f.txt", journey.datacenter, path + "/g.txt", journey.datacenter, False))
    equal([(200, b"hello")] * 2, [journey.http("GET", "d/" + name) for name in ("f.txt", "g.txt")])
    expect_failed(vim.fault.FileAlreadyExists, copy, path + "/f.txt", journey.datacenter, path + "/g.txt", journey.datacenter, False)
    journey.http("PUT", "d/f.txt", b"changed")
    done(copy(path + "/f.txt", journey.datacenter, path + "/g.txt", journey.datacenter, True))
    equal((200, b"changed"), journey.http("GET", "d/g.txt"))


@sentence
def a_file_that_is_not_there_cannot_be_deleted(journey):
    expect_failed(vim.fault.FileNotFound, manager(journey).DeleteDatastoreFile_Task, journey.path("none"), journey.datacenter)


@sentence
def a_directory_is_deleted_with_what_is_in_it(journey):
    path = journey.path("d")
    manager(journey).MakeDirectory(path, journey.datacenter)
    journey.http("PUT", "d/f.txt", b"hello")
    done(manager(journey).DeleteDatastoreFile_Task(path, journey.datacenter))
    equal(404, journey.http("GET", "d/f.txt")[0])

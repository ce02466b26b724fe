"""Drives a vSphere by Debian's pyvmomi, chapter by chapter, and prints as JSON what came of each sentence: "" where it held.

Server and credentials come by environment: VIC_TEST_KIND (lab or simulator), _MODEL (vcenter or esx), _SERVER, _PORT, _USER, _PASSWORD.
Arguments name the chapters; without any, all are told.
"""
import importlib
import json
import pathlib
import signal
import sys
import traceback

from pyVmomi import vmodl

from journey import Journey
from sentences import Sentence

CHAPTERS = pathlib.Path(__file__).parent / "chapters"
UNIMPLEMENTED = (vmodl.fault.MethodNotFound, vmodl.fault.NotImplemented)
PATIENCE = 60  # seconds until a sentence counts as stuck


def tell(journey, sentence):
    """The failure, or the empty text."""
    failure = attempt(journey, sentence)
    leftovers = journey.tidy()
    method, difference = (declared(journey.server, journey.model) for declared in (sentence.lacked_method, sentence.difference))
    if method is not None:
        return verify_lack(method, failure)
    if difference is not None:
        return "" if failure else "the simulator answers as vSphere does by now: the declaration that it does not is stale"
    if failure is None and leftovers:
        failure = leftovers[0]
    return "" if failure is None else "".join(traceback.format_exception(failure))


def attempt(journey, sentence):
    signal.alarm(PATIENCE)
    try:
        sentence.check(journey)
        return None
    except Exception as failure:  # pylint: disable=broad-except
        return failure
    finally:
        signal.alarm(0)


def verify_lack(method, failure):
    # pyvmomi itself refuses a method that is younger than the server's version, by its short name.
    if isinstance(failure, UNIMPLEMENTED) and getattr(failure, "method", method) in (method, method.removesuffix("_Task")):
        return ""
    return "the simulator was declared to lack %s, but: %s" % (method, repr(failure))


def read(name):
    chapter = importlib.import_module("chapters." + name)
    return [entry for entry in vars(chapter).values() if isinstance(entry, Sentence) and entry.check.__module__ == chapter.__name__]


def stuck(*_):
    raise TimeoutError("the sentence is stuck")


def main(names):
    signal.signal(signal.SIGALRM, stuck)
    names = names or sorted(file.stem for file in CHAPTERS.glob("*.py"))
    journey = Journey()
    report = {
        name: {told.name: tell(journey, told) for told in read(name) if told.holds_on(journey.model)} for name in names}
    journey.close()
    json.dump(report, sys.stdout)


main(sys.argv[1:])

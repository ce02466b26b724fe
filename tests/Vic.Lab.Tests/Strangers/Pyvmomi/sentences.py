"""How a chapter is written: as sentences that hold on every server, save where one declares what govmomi's simulator does otherwise."""

MODELS = ("vcenter", "esx")


class Sentence:
    """A promise and its check. The name of the check is the sentence."""

    def __init__(self, check, on, simulator_lacks, simulator_differs):
        self.check = check
        self.name = check.__name__.replace("_", " ").strip()
        self._on = MODELS if on is None else (on,)
        self._lacks = _by_model(simulator_lacks)
        self._differs = _by_model(simulator_differs)

    def holds_on(self, model):
        return model in self._on

    def lacked_method(self, server, model):
        """The method that keeps the simulator from telling this sentence; None where it is told."""
        return self._lacks.get(model) if server == "simulator" else None

    def difference(self, server, model):
        """Why the simulator's answer is another one than vSphere's; None where both answer alike."""
        return self._differs.get(model) if server == "simulator" else None


def sentence(check=None, *, on=None, simulator_lacks=None, simulator_differs=None):
    """Makes a function that takes the tour a sentence.

    on: the one model that the sentence is about, "vcenter" or "esx".
    simulator_lacks: the method that govmomi's simulator does not implement. The runner verifies that it says so.
    simulator_differs: why the simulator's answer is not vSphere's. The runner verifies that the check fails there.
    Either is a text, or a text for each model it is true of.
    """
    def wrap(function):
        return Sentence(function, on, simulator_lacks, simulator_differs)

    return wrap if check is None else wrap(check)


def _by_model(declared):
    if declared is None or isinstance(declared, dict):
        return declared or {}
    return {model: declared for model in MODELS}

"""LicenseManager and LicenseAssignmentManager."""
from pyVmomi import vim, vmodl

from checks import contains, equal, expect
from sentences import sentence

EVALUATION = "00000-00000-00000-00000-00000"


@sentence
def licenses_are_listed(journey):
    license_ = journey.content.licenseManager.licenses[0]
    equal((EVALUATION, "eval"), (license_.licenseKey, license_.editionKey))


@sentence(simulator_differs="its evaluation has other features")
def a_license_tells_its_features(journey):
    features = [property_.value.key for property_ in journey.content.licenseManager.licenses[0].properties if property_.key == "feature"]
    for wanted in ("serialuri:2", "dvs", "drs"):
        contains(wanted, features)

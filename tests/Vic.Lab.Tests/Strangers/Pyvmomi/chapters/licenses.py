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


@sentence(simulator_lacks="DecodeLicense")
def a_license_is_decoded(journey):
    equal(EVALUATION, journey.content.licenseManager.DecodeLicense(EVALUATION).licenseKey)


@sentence(on="vcenter")
def assigned_licenses_are_listed(journey):
    assignments = journey.content.licenseManager.licenseAssignmentManager
    assigned = assignments.QueryAssignedLicenses(None)
    assert assigned
    for one in assigned:
        assert one.assignedLicense.licenseKey


@sentence(on="vcenter")
def the_license_of_one_entity_is_asked_for(journey):
    assignments = journey.content.licenseManager.licenseAssignmentManager
    one, = assignments.QueryAssignedLicenses(journey.host._moId)
    equal(journey.host._moId, one.entityId)


@sentence(on="vcenter", simulator_lacks="UpdateAssignedLicense")
def a_license_is_assigned(journey):
    assignments = journey.content.licenseManager.licenseAssignmentManager
    equal(EVALUATION, assignments.UpdateAssignedLicense(journey.host._moId, EVALUATION).licenseKey)
    one, = assignments.QueryAssignedLicenses(journey.host._moId)
    equal(EVALUATION, one.assignedLicense.licenseKey)


@sentence(on="vcenter", simulator_lacks="UpdateAssignedLicense")
def a_license_that_is_none_is_not_assigned(journey):
    assignments = journey.content.licenseManager.licenseAssignmentManager
    expect((vmodl.fault.InvalidArgument, vim.fault.NotFound), assignments.UpdateAssignedLicense, journey.host._moId, "none")

package main

import (
	"github.com/vmware/govmomi/license"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

const extensionKey = "com.vmware.vic.tour"

func (j *journey) diagnosticKey() string {
	if j.isVCenter() {
		return "vpxd:vpxd.log"
	}
	return "hostd"
}

var services = []sentence{
	{says: "licenses tell their features", check: func(j *journey) {
		licenses, err := license.NewManager(j.vim()).List(j.ctx)
		must(err)
		holds(len(licenses) > 0, "there is a license")
		equal("eval", licenses[0].EditionKey)
	}},
	{says: "the product's features are licensed", differs: "its evaluation has other features", check: func(j *journey) {
		licenses, err := license.NewManager(j.vim()).List(j.ctx)
		must(err)
		for _, feature := range []string{"serialuri", "dvs", "drs"} {
			holds(len(licenses.WithFeature(feature)) > 0, feature+" is licensed")
		}
	}},
	{says: "options are updated and queried", only: "vcenter", check: func(j *journey) {
		const key = "config.vpxd.SerialPort.PersistNetworkBacking"
		options := object.NewOptionManager(j.vim(), *j.vim().ServiceContent.Setting)
		must(options.Update(j.ctx, []types.BaseOptionValue{&types.OptionValue{Key: key, Value: "true"}}))
		found, err := options.Query(j.ctx, key)
		must(err)
		equal("true", found[0].GetOptionValue().Value)
	}},
}

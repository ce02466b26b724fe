package main

import (
	"context"

	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// Calls that the public WSDL leaves out. govmomi keeps its own declarations of them to itself; these are of the same public form
// (govmomi/internal/methods.go and types.go).

type thisRequest struct {
	This types.ManagedObjectReference `xml:"_this"`
}

type referenceResponse struct {
	Returnval types.ManagedObjectReference `xml:"urn:vim25 returnval"`
}

type executerBody struct {
	Req    *thisRequest       `xml:"urn:vim25 RetrieveManagedMethodExecuter"`
	Res    *referenceResponse `xml:"urn:vim25 RetrieveManagedMethodExecuterResponse"`
	Fault_ *soap.Fault        `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault,omitempty"`
}

func (b *executerBody) Fault() *soap.Fault { return b.Fault_ }

func retrieveManagedMethodExecuter(ctx context.Context, caller soap.RoundTripper, host types.ManagedObjectReference) (types.ManagedObjectReference, error) {
	body, answer := executerBody{Req: &thisRequest{This: host}}, executerBody{}
	if err := caller.RoundTrip(ctx, &body, &answer); err != nil {
		return host, err
	}
	return answer.Res.Returnval, nil
}

type dynamicTypesBody struct {
	Req    *thisRequest       `xml:"urn:vim25 RetrieveDynamicTypeManager"`
	Res    *referenceResponse `xml:"urn:vim25 RetrieveDynamicTypeManagerResponse"`
	Fault_ *soap.Fault        `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault,omitempty"`
}

func (b *dynamicTypesBody) Fault() *soap.Fault { return b.Fault_ }

func retrieveDynamicTypeManager(ctx context.Context, caller soap.RoundTripper, host types.ManagedObjectReference) (types.ManagedObjectReference, error) {
	body, answer := dynamicTypesBody{Req: &thisRequest{This: host}}, dynamicTypesBody{}
	if err := caller.RoundTrip(ctx, &body, &answer); err != nil {
		return host, err
	}
	return answer.Res.Returnval, nil
}

type soapArgument struct {
	Name string `xml:"name"`
	Val  string `xml:"val"`
}

type executeSoapRequest struct {
	This     types.ManagedObjectReference `xml:"_this"`
	Moid     string                       `xml:"moid"`
	Version  string                       `xml:"version"`
	Method   string                       `xml:"method"`
	Argument []soapArgument               `xml:"argument,omitempty"`
}

type executeSoapResult struct {
	Response string `xml:"response"`
	Fault    *struct {
		FaultMsg    string `xml:"faultMsg"`
		FaultDetail string `xml:"faultDetail"`
	} `xml:"fault"`
}

type executeSoapBody struct {
	Req *executeSoapRequest `xml:"urn:vim25 ExecuteSoap"`
	Res *struct {
		Returnval *executeSoapResult `xml:"urn:vim25 returnval"`
	} `xml:"urn:vim25 ExecuteSoapResponse"`
	Fault_ *soap.Fault `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault,omitempty"`
}

func (b *executeSoapBody) Fault() *soap.Fault { return b.Fault_ }

func executeSoap(ctx context.Context, caller soap.RoundTripper, request executeSoapRequest) (*executeSoapResult, error) {
	body, answer := executeSoapBody{Req: &request}, executeSoapBody{}
	if err := caller.RoundTrip(ctx, &body, &answer); err != nil {
		return nil, err
	}
	return answer.Res.Returnval, nil
}

type queryDisabledMethodsRequest struct {
	This   types.ManagedObjectReference `xml:"_this"`
	Entity types.ManagedObjectReference `xml:"entity"`
}

type disabledMethod struct {
	Method string `xml:"method"`
	Source string `xml:"sourceId"`
}

type queryDisabledMethodsBody struct {
	Req *queryDisabledMethodsRequest `xml:"urn:internalvim25 QueryDisabledMethods"`
	Res *struct {
		Returnval []disabledMethod `xml:"returnval"`
	} `xml:"QueryDisabledMethodsResponse"`
	Fault_ *soap.Fault `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault,omitempty"`
}

func (b *queryDisabledMethodsBody) Fault() *soap.Fault { return b.Fault_ }

func queryDisabledMethods(ctx context.Context, caller soap.RoundTripper, manager, entity types.ManagedObjectReference) ([]disabledMethod, error) {
	body, answer := queryDisabledMethodsBody{Req: &queryDisabledMethodsRequest{This: manager, Entity: entity}}, queryDisabledMethodsBody{}
	if err := caller.RoundTrip(ctx, &body, &answer); err != nil {
		return nil, err
	}
	return answer.Res.Returnval, nil
}

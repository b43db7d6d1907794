// Command gofloor is a composition function as a skilled team writes it by hand with function-sdk-go: it decodes the
// composite and what is observed of it into maps, builds the composed resources from the composite's fields, judges
// readiness by conditions, and reports a status. It is the floor that function-isobar is measured by.
//
// What it composes is told by a file of recipes, one for each composite, so that its answer equals that of
// function-isobar. Recipes are compiled when it starts: a request only looks values up and fills maps.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	function "github.com/crossplane/function-sdk-go"
	"github.com/crossplane/function-sdk-go/logging"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/request"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/crossplane/function-sdk-go/resource/composed"
	"github.com/crossplane/function-sdk-go/response"
)

// settled is how long an answer stays true when nothing changes.
const settled = 10 * time.Minute

type floor struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
	recipes map[string]*recipe
	log     logging.Logger
}

func main() {
	address := flag.String("address", "127.0.0.1:9443", "where to listen")
	certificates := flag.String("tls-certs-dir", "", "folder with tls.crt, tls.key and ca.crt")
	file := flag.String("recipes", "recipes.json", "what to compose")
	flag.Parse()
	if err := serve(*address, *certificates, *file); err != nil {
		fmt.Fprintln(os.Stderr, "gofloor:", err)
		os.Exit(1)
	}
}

func serve(address, certificates, file string) error {
	recipes, err := read(file)
	if err != nil {
		return err
	}
	log, err := function.NewLogger(false)
	if err != nil {
		return err
	}
	return function.Serve(&floor{recipes: recipes, log: log},
		function.Listen("tcp", address),
		function.MTLSCertificates(certificates),
		function.WithMetricsServer("127.0.0.1:0"))
}

// RunFunction answers, with a fatal result when it cannot.
func (f *floor) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	f.log.Debug("Composing", "tag", req.GetMeta().GetTag())
	rsp := response.To(req, settled)
	if err := f.compose(req, rsp); err != nil {
		response.Fatal(rsp, err)
	}
	return rsp, nil
}

func (f *floor) compose(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse) error {
	xr, err := request.GetObservedCompositeResource(req)
	if err != nil {
		return err
	}
	observed, err := request.GetObservedComposedResources(req)
	if err != nil {
		return err
	}
	clouds, _, err := request.GetRequiredResource(req, "cloud")
	if err != nil {
		return err
	}
	summaries, _, err := request.GetRequiredResource(req, "cluster-summaries")
	if err != nil {
		return err
	}
	recipe, ok := f.recipes[string(xr.Resource.GetUID())]
	if !ok || len(clouds) == 0 {
		return fmt.Errorf("nothing is known of composite %s or its cloud", xr.Resource.GetUID())
	}
	known := sources{composite: xr.Resource.Object, cloud: clouds[0].Resource.Object}
	if err := recipe.require(rsp, known); err != nil {
		return err
	}
	deployed := provisioned(summaries)
	desired, err := request.GetDesiredComposedResources(req)
	if err != nil {
		return err
	}
	complete := true
	for _, r := range recipe.Resources {
		object, err := r.Object.fill(known)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Name, err)
		}
		one := &resource.DesiredComposed{Resource: composed.New(), Ready: resource.ReadyFalse}
		one.Resource.Object = object.(map[string]any)
		seen, exists := observed[resource.Name(r.Name)]
		if exists && r.isReady(seen.Resource.Object, deployed) {
			one.Ready = resource.ReadyTrue
		}
		complete = complete && one.Ready == resource.ReadyTrue
		desired[resource.Name(r.Name)] = one
	}
	if err := response.SetDesiredComposedResources(rsp, desired); err != nil {
		return err
	}
	return f.report(req, rsp, recipe, known, complete)
}

// report sets the composite's status, conditions and readiness.
func (f *floor) report(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, recipe *recipe, known sources, complete bool) error {
	dxr, err := request.GetDesiredCompositeResource(req)
	if err != nil {
		return err
	}
	status, err := recipe.Status.fill(known)
	if err != nil {
		return err
	}
	if err := dxr.Resource.SetValue("status", status); err != nil {
		return err
	}
	dxr.Ready = resource.ReadyFalse
	if complete {
		dxr.Ready = resource.ReadyTrue
	}
	for _, c := range recipe.Conditions {
		c.tell(rsp)
	}
	return response.SetDesiredCompositeResource(rsp, dxr)
}

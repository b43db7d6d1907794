package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/crossplane/function-sdk-go/response"
)

// recipe is what one composite consists of.
type recipe struct {
	UID          string        `json:"uid"`
	Resources    []part        `json:"resources"`
	Status       node          `json:"status"`
	Conditions   []condition   `json:"conditions"`
	Requirements []requirement `json:"requirements"`
}

// part is one composed resource. Ready names the condition by which it is ready; none: as soon as it exists;
// ClusterSummary: when Sveltos says that it is deployed.
type part struct {
	Name   string `json:"name"`
	Ready  string `json:"ready"`
	Object node   `json:"object"`
}

type condition struct {
	Type    string      `json:"type"`
	Status  fnv1.Status `json:"status"`
	Reason  string      `json:"reason"`
	Message string      `json:"message"`
}

type requirement struct {
	Name        string `json:"name"`
	APIVersion  string `json:"apiVersion"`
	Kind        string `json:"kind"`
	Namespace   node   `json:"namespace"`
	MatchName   node   `json:"matchName"`
	MatchLabels node   `json:"matchLabels"`
}

// sources are the objects that values are looked up in.
type sources struct {
	composite, cloud map[string]any
}

// node is a value of an object under construction: a constant, a map, a list, or a string made of looked up values.
type node struct {
	constant any
	fields   map[string]node
	items    []node
	words    []word
}

// word is a piece of a string: literal text, or where in an object a string stands.
type word struct {
	text  string
	cloud bool
	path  []any
}

func read(file string) (map[string]*recipe, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list struct {
		Items []*recipe `json:"items"`
	}
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	recipes := make(map[string]*recipe, len(list.Items))
	for _, r := range list.Items {
		recipes[r.UID] = r
	}
	return recipes, nil
}

// UnmarshalJSON compiles a value.
func (n *node) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*n = compile(v)
	return nil
}

func compile(v any) node {
	switch v := v.(type) {
	case map[string]any:
		if words, ok := v["$"].([]any); ok {
			return node{words: spell(words)}
		}
		fields := make(map[string]node, len(v))
		for name, child := range v {
			fields[name] = compile(child)
		}
		return node{fields: fields}
	case []any:
		items := make([]node, len(v))
		for i, child := range v {
			items[i] = compile(child)
		}
		return node{items: items}
	}
	return node{constant: v}
}

func spell(list []any) []word {
	words := make([]word, len(list))
	for i, w := range list {
		switch w := w.(type) {
		case string:
			words[i] = word{text: w}
		case map[string]any:
			words[i] = word{cloud: w["from"] == "cloud", path: w["path"].([]any)}
		}
	}
	return words
}

// fill makes the value.
func (n node) fill(from sources) (any, error) {
	switch {
	case n.fields != nil:
		object := make(map[string]any, len(n.fields))
		for name, child := range n.fields {
			v, err := child.fill(from)
			if err != nil {
				return nil, err
			}
			object[name] = v
		}
		return object, nil
	case n.items != nil:
		list := make([]any, len(n.items))
		for i, child := range n.items {
			v, err := child.fill(from)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	case n.words != nil:
		return n.text(from)
	}
	return n.constant, nil
}

func (n node) text(from sources) (string, error) {
	if len(n.words) == 1 {
		return n.words[0].string(from)
	}
	var b strings.Builder
	for _, w := range n.words {
		s, err := w.string(from)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

func (w word) string(from sources) (string, error) {
	if w.path == nil {
		return w.text, nil
	}
	var v any = from.composite
	if w.cloud {
		v = from.cloud
	}
	for _, step := range w.path {
		switch step := step.(type) {
		case string:
			object, _ := v.(map[string]any)
			v = object[step]
		case float64:
			list, _ := v.([]any)
			if int(step) >= len(list) {
				return "", fmt.Errorf("there is no %v", w.path)
			}
			v = list[int(step)]
		}
	}
	s, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("there is no string at %v", w.path)
	}
	return s, nil
}

func (p part) isReady(observed map[string]any, deployed map[string]bool) bool {
	switch p.Ready {
	case "":
		return true
	case "ClusterSummary":
		metadata, _ := observed["metadata"].(map[string]any)
		name, _ := metadata["name"].(string)
		return deployed[name]
	}
	status, _ := observed["status"].(map[string]any)
	conditions, _ := status["conditions"].([]any)
	for _, c := range conditions {
		if c, ok := c.(map[string]any); ok && c["type"] == p.Ready {
			return c["status"] == "True"
		}
	}
	return false
}

// provisioned names the profiles that Sveltos has deployed.
func provisioned(summaries []resource.Required) map[string]bool {
	deployed := make(map[string]bool, len(summaries))
	for _, s := range summaries {
		name := s.Resource.GetLabels()["projectsveltos.io/cluster-profile-name"]
		status, _ := s.Resource.Object["status"].(map[string]any)
		features, _ := status["featureSummaries"].([]any)
		done := len(features) > 0
		for _, f := range features {
			feature, _ := f.(map[string]any)
			done = done && feature["status"] == "Provisioned"
		}
		deployed[name] = done
	}
	return deployed
}

func (c condition) tell(rsp *fnv1.RunFunctionResponse) {
	var option *response.ConditionOption
	switch c.Status {
	case fnv1.Status_STATUS_CONDITION_TRUE:
		option = response.ConditionTrue(rsp, c.Type, c.Reason)
	case fnv1.Status_STATUS_CONDITION_FALSE:
		option = response.ConditionFalse(rsp, c.Type, c.Reason)
	default:
		option = response.ConditionUnknown(rsp, c.Type, c.Reason)
	}
	option.WithMessage(c.Message).TargetCompositeAndClaim()
}

// require asks for the same objects in every answer.
func (r *recipe) require(rsp *fnv1.RunFunctionResponse, from sources) error {
	selectors := make(map[string]*fnv1.ResourceSelector, len(r.Requirements))
	for _, q := range r.Requirements {
		selector := &fnv1.ResourceSelector{ApiVersion: q.APIVersion, Kind: q.Kind}
		namespace, err := q.Namespace.fill(from)
		if err != nil {
			return err
		}
		if s := namespace.(string); s != "" {
			selector.Namespace = &s
		}
		name, err := q.MatchName.fill(from)
		if err != nil {
			return err
		}
		if s := name.(string); s != "" {
			selector.Match = &fnv1.ResourceSelector_MatchName{MatchName: s}
		} else if selector.Match, err = q.labels(from); err != nil {
			return err
		}
		selectors[q.Name] = selector
	}
	rsp.Requirements = &fnv1.Requirements{Resources: selectors}
	return nil
}

func (q requirement) labels(from sources) (*fnv1.ResourceSelector_MatchLabels, error) {
	filled, err := q.MatchLabels.fill(from)
	if err != nil {
		return nil, err
	}
	labels := map[string]string{}
	for key, value := range filled.(map[string]any) {
		labels[key] = value.(string)
	}
	return &fnv1.ResourceSelector_MatchLabels{MatchLabels: &fnv1.MatchLabels{Labels: labels}}, nil
}

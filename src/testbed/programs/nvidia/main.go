// Command gpu-config-judge lets NVIDIA's own code judge configurations of GPUs: MIG layouts by mig-parted, sharing by the
// device plugin.
//
// It reads documents from standard input, an object of JSON each, and prints a verdict for each. It ends with 1 when one
// of them was refused, and with 2 when it could not judge.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// document is what one file of a ConfigMap holds.
type document struct {
	Name string `json:"name"`
	// Reader says who reads it: mig-parted or device-plugin.
	Reader string `json:"reader"`
	// MigStrategy is what the GPU Operator tells all nodes; empty when it tells them nothing.
	MigStrategy string `json:"migStrategy"`
	Text        string `json:"text"`
}

// verdict is what becomes of a document. Sort says what it was read as: mig, time-slicing, mps or none.
type verdict struct {
	Name    string `json:"name"`
	Sort    string `json:"sort"`
	Refusal string `json:"refusal"`
}

func main() {
	refused, err := judgeAll(os.Stdin, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "gpu-config-judge:", err)
		os.Exit(2)
	case refused:
		os.Exit(1)
	}
}

func judgeAll(in io.Reader, out io.Writer) (refused bool, err error) {
	documents, verdicts := json.NewDecoder(in), json.NewEncoder(out)
	documents.DisallowUnknownFields()
	for {
		var doc document
		if err := documents.Decode(&doc); errors.Is(err, io.EOF) {
			return refused, nil
		} else if err != nil {
			return refused, fmt.Errorf("cannot read a document: %w", err)
		}
		given, err := judge(doc)
		if err != nil {
			return refused, fmt.Errorf("cannot judge %s: %w", doc.Name, err)
		}
		refused = refused || given.Refusal != ""
		if err := verdicts.Encode(given); err != nil {
			return refused, err
		}
	}
}

// judge fails only when nothing can be said about a document.
func judge(doc document) (verdict, error) {
	folder, err := os.MkdirTemp("", "gpu-config-judge")
	if err != nil {
		return verdict{}, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "config.yaml")
	if err := os.WriteFile(file, []byte(doc.Text), 0o600); err != nil {
		return verdict{}, err
	}
	given := verdict{Name: doc.Name}
	var refusal error
	switch doc.Reader {
	case "mig-parted":
		given.Sort, refusal = "mig", judgeMig(file)
	case "device-plugin":
		given.Sort, refusal, err = judgeSharing(doc, file)
	default:
		err = fmt.Errorf("unknown reader %q", doc.Reader)
	}
	if refusal != nil {
		given.Refusal = refusal.Error()
	}
	return given, err
}

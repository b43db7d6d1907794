package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	spec "github.com/NVIDIA/k8s-device-plugin/api/config/v1"
	"sigs.k8s.io/yaml"
)

const (
	// plugin is NVIDIA's program, which is built beside this one.
	plugin = "nvidia-device-plugin"

	// accepted is what it says when it has taken a configuration, before it looks for GPUs.
	accepted = "Running with config:"

	// refusing is what it says when it has not.
	refusing = "error starting plugins: "

	patience = time.Minute
)

// judgeSharing starts the device plugin with a file. It lets pass what it does not know, so that is looked for as well.
func judgeSharing(doc document, file string) (sort string, refusal, err error) {
	refusal, err = start(doc.MigStrategy, file)
	if refusal != nil || err != nil {
		return "none", refusal, err
	}
	var config spec.Config
	if err := yaml.UnmarshalStrict([]byte(doc.Text), &config); err != nil {
		return "none", err, nil
	}
	return string(config.Sharing.SharingStrategy()), judgeReading(doc.Text, config), nil
}

// start runs the device plugin as the GPU Operator does (assets/state-device-plugin of gpu-operator), on a node that has
// no GPU for it.
func start(migStrategy, file string) (refusal, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	limit, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	command := exec.CommandContext(limit, filepath.Join(filepath.Dir(self), plugin))
	command.Env = []string{
		"CONFIG_FILE=" + file,
		"PASS_DEVICE_SPECS=true",
		"FAIL_ON_INIT_ERROR=true",
		"DEVICE_LIST_STRATEGY=envvar",
		"DEVICE_ID_STRATEGY=uuid",
		"MPS_ROOT=/run/nvidia/mps",
		"KUBELET_SOCKET=" + filepath.Join(filepath.Dir(file), "kubelet.sock"),
	}
	if migStrategy != "" {
		command.Env = append(command.Env, "MIG_STRATEGY="+migStrategy)
	}
	output, err := command.CombinedOutput()
	if bytes.Contains(output, []byte(accepted)) {
		return nil, nil
	}
	if _, reason, found := strings.Cut(string(output), refusing); found {
		return errors.New(strings.TrimSpace(reason)), nil
	}
	return nil, fmt.Errorf("%s ended otherwise (%w): %s", plugin, err, output)
}

// judgeReading refuses what the device plugin reads and forgets, reads over, or counts twice.
func judgeReading(text string, config spec.Config) error {
	if err := judgeIgnored(config); err != nil {
		return err
	}
	var written, read any
	if err := yaml.Unmarshal([]byte(text), &written); err != nil {
		return err
	}
	understood, err := json.Marshal(&config)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(understood, &read); err != nil {
		return err
	}
	if err := judgeUnread("", written, read); err != nil {
		return err
	}
	names := map[spec.ResourceName]bool{}
	for _, resource := range config.Sharing.ReplicatedResources().Resources {
		if names[resource.Name] {
			return fmt.Errorf("%s is shared twice", resource.Name)
		}
		names[resource.Name] = true
	}
	return nil
}

// judgeIgnored takes away what the device plugin takes away before it starts.
func judgeIgnored(config spec.Config) error {
	kept, err := json.Marshal(&config)
	if err != nil {
		return err
	}
	spec.DisableResourceNamingInConfig(&config)
	left, err := json.Marshal(&config)
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, left) {
		return fmt.Errorf("resources, rename or devices are ignored")
	}
	return nil
}

// judgeUnread refuses a field that is written and is not what was read. What is read as nothing at all, such as false, is
// left out when it is written back.
func judgeUnread(path string, written, read any) error {
	switch value := written.(type) {
	case map[string]any:
		fields, _ := read.(map[string]any)
		for name, inner := range value {
			if err := judgeUnread(path+"."+name, inner, fields[name]); err != nil {
				return err
			}
		}
	case []any:
		items, _ := read.([]any)
		for i, inner := range value {
			var item any
			if i < len(items) {
				item = items[i]
			}
			if err := judgeUnread(fmt.Sprintf("%s[%d]", path, i), inner, item); err != nil {
				return err
			}
		}
	case nil:
	default:
		nothing := read == nil && reflect.ValueOf(written).IsZero()
		if !nothing && !reflect.DeepEqual(written, read) {
			return fmt.Errorf("%s is not read", strings.TrimPrefix(path, "."))
		}
	}
	return nil
}

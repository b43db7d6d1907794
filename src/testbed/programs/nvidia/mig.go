package main

import (
	"fmt"
	"maps"
	"slices"

	v1 "github.com/NVIDIA/mig-parted/api/spec/v1"
	"github.com/NVIDIA/mig-parted/cmd/nvidia-mig-parted/assert"
	"github.com/NVIDIA/mig-parted/pkg/types"
)

// judgeMig reads a file as `nvidia-mig-parted assert --valid-config` does, and then asks each entry which GPUs it takes.
func judgeMig(file string) error {
	spec, err := assert.ParseConfigFile(&assert.Flags{ConfigFile: file})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(spec.MigConfigs)) {
		entry, err := assert.GetSelectedMigConfig(&assert.Flags{SelectedConfig: name}, spec)
		if err != nil {
			return err
		}
		if err := judgeGroups(entry); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// judgeGroups refuses an entry that leaves a GPU out, or divides one twice. mig-parted itself only finds out on a node.
func judgeGroups(groups v1.MigConfigSpecSlice) error {
	models, filtered, err := modelsOf(groups)
	if err != nil {
		return err
	}
	for _, model := range models {
		for gpu := range gpusOf(groups) {
			taken := 0
			for _, group := range groups {
				if group.MatchesDeviceFilter(model) && group.MatchesDevices(gpu) {
					taken++
				}
			}
			if taken > 1 {
				return fmt.Errorf("GPU %d is in %d groups", gpu, taken)
			}
			if taken == 0 && !filtered {
				return fmt.Errorf("GPU %d is in no group", gpu)
			}
		}
	}
	return nil
}

// modelsOf lists the models that groups are for, and one that no filter knows.
func modelsOf(groups v1.MigConfigSpecSlice) (models []types.DeviceID, filtered bool, err error) {
	models = append(models, 0)
	for _, group := range groups {
		var filters []string
		switch filter := group.DeviceFilter.(type) {
		case string:
			filters = []string{filter}
		case []string:
			filters = filter
		}
		for _, filter := range filters {
			model, err := types.NewDeviceIDFromString(filter)
			if err != nil {
				return nil, true, err
			}
			models, filtered = append(models, model), true
		}
	}
	return models, filtered, nil
}

// gpusOf counts the GPUs of a node up to the last that a group names.
func gpusOf(groups v1.MigConfigSpecSlice) int {
	gpus := 1
	for _, group := range groups {
		if indices, ok := group.Devices.([]int); ok && len(indices) > 0 {
			gpus = max(gpus, slices.Max(indices)+1)
		}
	}
	return gpus
}

package org

import (
	"strings"
	"testing"

	"luoshi/fault"
)

func TestCheckUnit(t *testing.T) {
	for name, c := range map[string]struct {
		unit   Unit
		parent Level
		good   bool
	}{
		"county under the city":    {Unit{Level: County, Name: "鹿鸣县"}, CityLevel, true},
		"county at the top":        {Unit{Level: County, Name: "鹿鸣县"}, "", true},
		"village under a township": {Unit{Level: Village, Name: "枫岭村"}, Township, true},
		"village under a county":   {Unit{Level: Village, Name: "枫岭村"}, County, false},
		"village at the top":       {Unit{Level: Village, Name: "枫岭村"}, "", false},
		"city under a county":      {Unit{Level: CityLevel, Name: "安澜市"}, County, false},
		"no name":                  {Unit{Level: County}, CityLevel, false},
		"unknown level":            {Unit{Level: "planet", Name: "地球"}, "", false},
	} {
		if err := CheckUnit(c.unit, c.parent); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckNameAndRoles(t *testing.T) {
	if err := CheckName("name", "姓名", strings.Repeat("长", 61)); !fault.Is(err, fault.Invalid) {
		t.Errorf("61 characters: %v", err)
	}
	if err := CheckRoles([]Role{Clerk, "king"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown role: %v", err)
	}
	if err := CheckRoles(nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("no role: %v", err)
	}
}

package main

import (
	"os"

	"luoshi/document"
	"luoshi/plan"
)

// readPlan reads a file and what it says as a plan.
func readPlan(path string) (document.Source, plan.Structure, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return document.Source{}, plan.Structure{}, err
	}
	source, err := document.ReadFile(path, raw)
	if err != nil {
		return document.Source{}, plan.Structure{}, err
	}
	return source, plan.ReadSource(source, nil), nil
}

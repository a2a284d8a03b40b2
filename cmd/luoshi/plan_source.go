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
	words, format, err := document.Decode(raw)
	if err != nil {
		return document.Source{}, plan.Structure{}, err
	}
	return document.Source{Text: words, Format: format}, plan.Read(words), nil
}

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"luoshi/document"
	"luoshi/internal/convert"
	"luoshi/plan"
)

// readSource reads a file of any kind that can be read.
func readSource(path string) (document.Source, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return document.Source{}, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return convert.ReadFile(ctx, path, raw)
}

// readPlan reads a file and what it says as a plan.
func readPlan(path string) (document.Source, plan.Structure, error) {
	source, err := readSource(path)
	if err != nil {
		return document.Source{}, plan.Structure{}, err
	}
	return source, plan.ReadSource(source, nil), nil
}

package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"

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

// withoutControls puts a sign of no meaning in the place of those that steer a
// terminal, one for one, so that every place in the text stays.
func withoutControls(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\f' {
			return unicode.ReplacementChar
		}
		return r
	}, words)
}

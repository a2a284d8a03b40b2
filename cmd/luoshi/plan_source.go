package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"

	"luoshi/document"
	"luoshi/fault"
	"luoshi/internal/convert"
	"luoshi/plan"
)

// readSource reads a file of any kind that can be read.
func readSource(path string) (document.Source, error) {
	raw, err := readRegular(path)
	if err != nil {
		return document.Source{}, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return convert.ReadFile(ctx, path, raw)
}

// errNotRegular refuses what has no end or no content of its own: pipes, devices.
var errNotRegular = fault.New(fault.Invalid, "这不是普通的文件，读不了")

// readRegular reads a file no farther than any reader would go on with.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, document.MaxPacked+1))
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

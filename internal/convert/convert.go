// Package convert reads plan documents that the program cannot read by itself:
// old Word and Excel files, those of WPS, RTF, OpenDocument and HTML by way of
// LibreOffice, and the text layer of a PDF by way of pdftotext. Both run out of
// process, within limits of time, memory and output, and without a network where
// the system allows that; neither has to be installed.
package convert

import (
	"context"
	"slices"
	"time"

	"luoshi/document"
)

// ReadFile is document.ReadFile for the other formats too. Source.Format says
// which it was, and Source.Notes by what it was read.
func ReadFile(ctx context.Context, name string, raw []byte) (document.Source, error) {
	format := document.Format(raw)
	to, office := officeFormats[format]
	switch {
	case len(raw) > document.MaxPacked:
		return document.Source{}, document.ErrUnpacked
	case !office && format != "pdf":
		return document.ReadFile(name, raw)
	}
	leave, err := enter(ctx)
	if err != nil {
		return document.Source{}, err
	}
	defer leave()
	if office {
		return readOffice(ctx, format, to, raw)
	}
	return readPDF(ctx, raw)
}

// atOnce is how many files are converted at a time: each may take memory up to its
// limit, and the people who work with the program need the rest.
const atOnce = 2

var slots = make(chan struct{}, atOnce)

// longestWait is how long a file waits for others to be converted.
var longestWait = time.Minute

// enter waits for a slot.
func enter(ctx context.Context) (leave func(), err error) {
	wait := time.NewTimer(longestWait)
	defer wait.Stop()
	select {
	case slots <- struct{}{}:
		return func() { <-slots }, nil
	case <-wait.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// say tells of a source what its reader should know, before all else.
func say(s *document.Source, sentence string) {
	s.Notes = slices.Insert(s.Notes, 0, sentence)
}

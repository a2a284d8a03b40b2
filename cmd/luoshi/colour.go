package main

import (
	"io"
	"os"
	"runtime"

	"golang.org/x/term"
)

// onScreen reports whether somebody looks at what is written there.
func onScreen(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour is a colour or weight of a terminal, ECMA-48 SGR.
type colour string

const (
	bold    colour = "1"
	faint   colour = "2"
	red     colour = "31"
	green   colour = "32"
	yellow  colour = "33"
	blue    colour = "34"
	magenta colour = "35"
	cyan    colour = "36"
)

// painter colours words, or leaves them as they are.
type painter bool

// painterFor colours on a terminal only, and not where its owner set NO_COLOR
// (no-color.org). The old console of Windows would show the signs themselves.
func painterFor(w io.Writer) painter {
	old := runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == ""
	return painter(onScreen(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && !old)
}

func (p painter) in(c colour, words string) string {
	if !p || words == "" {
		return words
	}
	return "\x1b[" + string(c) + "m" + words + "\x1b[0m"
}

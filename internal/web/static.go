package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"regexp"
)

//go:embed static/luoshi.css static/review.js static/keep.js static/grid.js
var static embed.FS

// staticFile is a file of the pages. Its name changes with its content, so that a
// browser keeps it for good.
type staticFile struct {
	content []byte
	path    string
	kind    string
}

var (
	stylesheet = loadStatic("/static/", ".css", "text/css; charset=utf-8", "luoshi.css")
	script     = loadStatic("/office/static/", ".js", "text/javascript; charset=utf-8", "review.js", "keep.js")
	gridScript = loadStatic("/office/static/", ".js", "text/javascript; charset=utf-8", "grid.js")
)

// loadStatic joins embedded files to one that a page asks for.
func loadStatic(folder, ending, kind string, names ...string) staticFile {
	var content []byte
	for _, name := range names {
		part, err := static.ReadFile("static/" + name)
		if err != nil {
			panic(err) // embedded above
		}
		content = append(content, part...)
	}
	if ending == ".css" { // what it says to who writes it is not for who reads over a slow line
		content = comment.ReplaceAll(content, nil)
	}
	sum := sha256.Sum256(content)
	return staticFile{content, folder + hex.EncodeToString(sum[:6]) + ending, kind}
}

var comment = regexp.MustCompile(`(?s)\s*/\*.*?\*/`)

// StylesheetPath is where the stylesheet stands.
func StylesheetPath() string { return stylesheet.path }

// ScriptPath is where the script of the review page and of forms that keep what is typed
// stands; every page works without it.
func ScriptPath() string { return script.path }

// GridScriptPath is where the script of a grid of numbers stands; the grid works without it.
func GridScriptPath() string { return gridScript.path }

// ScriptPolicy is the Content-Security-Policy of a page that has the script: it may
// speak with this server alone.
const ScriptPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Stylesheet answers with the stylesheet.
func Stylesheet(w http.ResponseWriter, _ *http.Request) { stylesheet.answer(w) }

// Script answers with that script.
func Script(w http.ResponseWriter, _ *http.Request) { script.answer(w) }

// GridScript answers with the script of a grid of numbers.
func GridScript(w http.ResponseWriter, _ *http.Request) { gridScript.answer(w) }

func (f staticFile) answer(w http.ResponseWriter) {
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.content) // a reader who hangs up needs no answer
}

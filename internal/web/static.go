package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
)

//go:embed static/luoshi.css
var static embed.FS

var stylesheet, styleName = loadStylesheet()

func loadStylesheet() ([]byte, string) {
	css, err := static.ReadFile("static/luoshi.css")
	if err != nil {
		panic(err) // embedded above
	}
	sum := sha256.Sum256(css)
	return css, "/static/" + hex.EncodeToString(sum[:6]) + ".css"
}

// StylesheetPath is where the stylesheet stands; its name changes with its content.
func StylesheetPath() string { return styleName }

// Stylesheet answers with the stylesheet.
func Stylesheet(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(stylesheet)
}

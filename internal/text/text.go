// Package text says a sentence in the reader's language. The Chinese sentence
// stands in the code and is the key; en.txt gives the English.
package text

import (
	_ "embed"
	"fmt"
	"strings"
)

// Lang is a language of the pages.
type Lang string

const (
	Chinese Lang = "zh-Hans"
	English Lang = "en"
)

//go:embed en.txt
var english string

var sentences = parse(english)

// parse reads pairs of lines, the Chinese sentence and below it the English,
// parted by empty lines. Lines that begin with # are comments.
func parse(file string) map[string]string {
	out := map[string]string{}
	var pair []string
	for _, line := range strings.Split(file, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if pair = append(pair, line); len(pair) == 2 {
			out[pair[0]], pair = pair[1], nil
		}
	}
	return out
}

// Has reports whether a sentence can be said in English.
func Has(key string) bool { _, ok := sentences[key]; return ok }

// Say gives the sentence in a language, its %s and %d filled in. A sentence that
// is missing in English is said in Chinese: better than nothing said.
func Say(lang Lang, key string, args ...any) string {
	if lang == English {
		if s, ok := sentences[key]; ok {
			key = s
		}
	}
	if len(args) == 0 {
		return key
	}
	if lang == English {
		return counted(key, args)
	}
	return fmt.Sprintf(key, args...)
}

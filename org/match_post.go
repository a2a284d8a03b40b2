package org

import (
	"strings"

	"luoshi/id"
)

// MatchPost finds the post that the words for who is responsible name, among the posts
// of a unit: by its title, or by the only title that is part of the words, or the words
// of it. 分管副局长 is not the 局长.
func MatchPost(words string, posts []Post) (found id.Post, ok bool) {
	name := plain(words)
	if name == "" {
		return 0, false
	}
	best := 0 // length of the title that fits
	for _, p := range posts {
		title := plain(p.Title)
		if title == name {
			return p.ID, true
		}
		fits := 0
		if contains(name, title) {
			fits = len(title)
		} else if contains(title, name) {
			fits = len(name)
		}
		switch {
		case fits > best:
			best, found, ok = fits, p.ID, true
		case fits == best && fits > 0:
			found, ok = 0, false
		}
	}
	return found, ok
}

// contains reports whether a title stands in words, not behind 副.
func contains(words, title string) bool {
	at := strings.Index(words, title)
	return title != "" && at >= 0 && !strings.HasSuffix(words[:at], "副")
}

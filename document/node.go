package document

// Node is a numbered paragraph of a document, or its unnumbered text before
// the first number where that holds anything of its own.
type Node struct {
	Ordinal int    `json:"id"`     // 1, 2, 3 … in the order of the text
	Path    string `json:"path"`   // numbers from the top, e.g. 三/一/2; may repeat
	Level   int    `json:"level"`  // depth of nesting as found, from 1
	Number  string `json:"number"` // the counter alone: 一, 1, ①
	Title   string `json:"title"`
	Parent  int    `json:"parent"` // ordinal of the node above, or 0
	// Span is the node's own words: from its counter to the next node, whatever
	// that node's level, without the line break at the end.
	Span Span `json:"span"`
}

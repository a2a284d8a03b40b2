package audit

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"
)

// parseCSV reads a table in its one canonical form. encoding/csv is not used
// for reading: it drops a CR before a line break, and texts must stay as they are.
func parseCSV(data []byte) (records [][]string, ok bool) {
	rest := string(data)
	record := []string{}
	for rest != "" {
		cell, end := "", -1
		if rest[0] == '"' {
			cell, end = quoted(rest)
		} else if end = strings.IndexAny(rest, ",\n"); end >= 0 {
			cell = rest[:end]
		}
		if end < 0 || end >= len(rest) {
			return records, false
		}
		record = append(record, cell)
		switch rest[end] {
		case '\n':
			records, record = append(records, record), nil
		case ',':
		default:
			return records, false
		}
		rest = rest[end+1:]
	}
	return records, len(record) == 0 && utf8.Valid(data) && bytes.Equal(writeCSV(records), data)
}

// quoted reads a quoted cell at the start of s and gives the place behind it, or -1.
func quoted(s string) (cell string, end int) {
	for at := 1; ; {
		i := strings.IndexByte(s[at:], '"')
		if i < 0 {
			return "", -1
		}
		if at += i + 1; at == len(s) || s[at] != '"' {
			return strings.ReplaceAll(s[1:at-1], `""`, `"`), at
		}
		at++
	}
}

func writeCSV(records [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(records) // a buffer takes everything
	return b.Bytes()
}

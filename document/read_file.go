package document

import (
	"path"
	"strings"
)

// ReadFile reads a plan document from its bytes: text in UTF-8 or GB18030, also
// Markdown and CSV, Word and Excel. What it is, is told by looking; the name is a
// hint for tables in text. Errors are faults that say what to do with the file.
func ReadFile(name string, raw []byte) (Source, error) {
	if len(raw) > MaxPacked {
		return Source{}, ErrUnpacked
	}
	switch format := Format(raw); format {
	case "docx":
		return readDocx(raw)
	case "xlsx":
		return readXLSX(raw)
	case "text":
	default:
		return Source{}, refuse(format)
	}
	text, encoding, err := Decode(raw)
	if err != nil {
		return Source{}, err
	}
	s := Source{Text: text, Format: encoding}
	if ending := strings.ToLower(path.Ext(name)); ending == ".csv" || ending == ".tsv" {
		s.Tables, err = separatedTable(text)
	} else {
		s.Tables, err = textTables(text)
	}
	return s, err
}

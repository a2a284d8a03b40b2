package paper

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/org"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Limits of a list. What comes by a form is small; a larger file is given to the
// command by whoever runs the program.
const (
	formBytes      = 6 << 20
	formUnpacked   = 128 << 20 // bytes of what a form brings, unpacked
	mostUnpacked   = 3 << 30
	mostListCells  = 30_000_000
	mostListText   = 512 << 20
	unpackedMemory = 8 << 20 // a larger part of a workbook is unpacked to a file
)

// ReadList reads the cells of a list of units: Excel, text with tabs or commas in
// UTF-8, GB18030 or UTF-16. Of any other file other reads the largest table.
func ReadList(ctx context.Context, name string, raw []byte, other func(ctx context.Context, name string, raw []byte) (document.Source, error)) (*org.Cells, error) {
	format := document.Format(raw)
	switch {
	case format == "xlsx", bytes.HasPrefix(raw, []byte("PK\x03\x04")) && len(raw) > document.MaxPacked:
		return listOfSheets(raw)
	case format == "text":
		text, err := decodeList(raw)
		if err != nil {
			return nil, err
		}
		return org.ReadCells(text), nil
	}
	source, err := other(ctx, name, raw)
	if err != nil {
		return nil, err
	}
	return largestTable(source), nil
}

// decodeList gives the text of a file whatever its encoding is.
func decodeList(raw []byte) (string, error) {
	if len(raw) > mostListText {
		return "", document.ErrTableTooLarge
	}
	sixteen := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
	case bytes.IndexByte(raw[:min(len(raw), 4096)], 0) >= 0:
		// A spreadsheet saves "Unicode text" with its mark; without one the zeros of
		// tabs and line ends tell which half comes first.
		sixteen = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
		if head := raw[:min(len(raw), 4096)]; zeros(head, 0) > zeros(head, 1) {
			sixteen = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
		}
	case utf8.Valid(raw):
		return string(raw), nil
	default:
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return "", document.ErrBroken
		}
		return string(out), nil
	}
	out, err := sixteen.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) || bytes.IndexByte(out, 0) >= 0 {
		return "", document.ErrBroken
	}
	return string(out), nil
}

func zeros(raw []byte, from int) (n int) {
	for i := from; i < len(raw); i += 2 {
		if raw[i] == 0 {
			n++
		}
	}
	return n
}

// listOfSheets reads the first sheet of a workbook that is shown and has rows, one row
// after the other.
func listOfSheets(raw []byte) (cells *org.Cells, err error) {
	defer func() {
		if recover() != nil { // the library must not fall over what somebody sends
			cells, err = nil, document.ErrDamaged
		}
	}()
	options := excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: unpackedMemory}
	if len(raw) <= formBytes {
		options.UnzipSizeLimit = formUnpacked
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), options)
	switch {
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"):
		return nil, document.ErrUnpacked
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, document.ErrEncrypted
	case err != nil:
		return nil, document.ErrDamaged
	}
	defer f.Close()
	cells = &org.Cells{}
	for _, sheet := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(sheet); err != nil || !shown {
			continue
		}
		if err := listOfSheet(f, sheet, cells); err != nil {
			return nil, err
		}
		if cells.Rows() > 1 {
			break
		}
		cells = &org.Cells{}
	}
	return cells, nil
}

func listOfSheet(f *excelize.File, sheet string, cells *org.Cells) error {
	rows, err := f.Rows(sheet)
	if err != nil {
		return document.ErrDamaged
	}
	defer rows.Close()
	seen := 0
	for line := 1; rows.Next(); line++ {
		words, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return document.ErrDamaged
		}
		if seen += len(words) + 1; seen > mostListCells || cells.Size() > mostListText {
			return document.ErrTableTooLarge
		}
		for k, w := range words {
			words[k] = plainNumber(w)
		}
		cells.Add(line, words)
	}
	if rows.Error() != nil {
		return document.ErrDamaged
	}
	return nil
}

var scientific = regexp.MustCompile(`^[1-9](\.[0-9]+)?E\+?[0-9]{1,2}$`)

// plainNumber writes a code that a workbook keeps as 3.60102001001E11 with all its
// digits. Where digits were lost it stays as it is, and the reading of codes says so.
func plainNumber(w string) string {
	if len(w) < 4 || w[0] < '1' || w[0] > '9' || !scientific.MatchString(w) {
		return w
	}
	if mantissa, _, _ := strings.Cut(w, "E"); len(mantissa) < len("3.60102001") {
		return w
	}
	whole, _ := new(big.Float).SetPrec(128).SetString(w)
	return whole.Text('f', 0)
}

// largestTable gives the cells of the largest table of a document.
func largestTable(s document.Source) *org.Cells {
	words := []rune(s.Text)
	cells := &org.Cells{}
	var largest document.Table
	for _, t := range s.Tables {
		if len(t.Rows) > len(largest.Rows) {
			largest = t
		}
	}
	for r, row := range largest.Rows {
		cells.Add(r+1, ownWords(row, r, largest, words))
	}
	return cells
}

// ownWords gives the words of a row; a cell that goes on from the row above says nothing anew.
func ownWords(row []document.Cell, at int, t document.Table, words []rune) []string {
	out := rowWords(row, words)
	for k, c := range row {
		if at > 0 && k < len(t.Rows[at-1]) && t.Rows[at-1][k].Place == c.Place {
			out[k] = ""
		}
	}
	return out
}

package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"luoshi/collection"
	"luoshi/document"
	"luoshi/fault"

	"github.com/xuri/excelize/v2"
)

// Limits of the sheets of a workbook that is opened whole: the library makes every cell
// up to the last of each row, and compares every two merged ranges.
const (
	mostSheetBytes = 16 << 20
	mostCells      = 500_000 // of a sheet, with the blank ones before the last of a row
)

var (
	errManyCells  = fault.New(fault.TooLarge, "表里的格子太多了，一张表里最多 %d 行、%d 列。请把多出来的行、列删掉（不只是清空），再选一次。", collection.MostRows, collection.MostColumns)
	errManyMerges = fault.New(fault.TooLarge, "表里合并的格子太多了，最多 %d 处。请少合并一些，再选一次。", collection.MostMerges)
)

// checkSheets looks at the sheets of a workbook before the library opens it: a small file
// can ask for more memory than the machine has.
func checkSheets(raw []byte) error {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil // what it is instead the library tells
	}
	charset := excelize.NewFile().CharsetReader // what the library reads is what is looked at
	left := int64(formUnpacked)
	for _, part := range z.File { // a sheet may have any name
		r, err := part.Open()
		if err != nil {
			return document.ErrDamaged
		}
		content, err := io.ReadAll(io.LimitReader(r, left+1))
		_ = r.Close()
		switch left -= int64(len(content)); {
		case left < 0:
			return document.ErrUnpacked
		case err != nil:
			return document.ErrDamaged
		}
		if err := checkSheet(content, charset); err != nil {
			return err
		}
	}
	return nil
}

// checkSheet says what keeps one part of a workbook from being opened; one that is no
// sheet can be.
func checkSheet(content []byte, charset func(string, io.Reader) (io.Reader, error)) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	d.CharsetReader = charset
	cells, merges, last, at := 0, 0, 0, 0
	for first := true; ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && first {
			return nil // no XML at all
		}
		if err != nil {
			return document.ErrDamaged
		}
		e, is := t.(xml.StartElement)
		if !is {
			continue
		}
		if first && e.Name.Local != "worksheet" {
			return nil
		}
		if first = false; len(content) > mostSheetBytes {
			return errManyCells
		}
		switch e.Name.Local {
		case "row":
			last, at = 0, 0
		case "c":
			at++
			for _, a := range e.Attr {
				if a.Name.Local != "r" {
					continue
				}
				if col, _, err := excelize.CellNameToCoordinates(a.Value); err == nil {
					at = col
				}
			}
			if at > last {
				cells, last = cells+at-last, at
			}
		case "mergeCell":
			merges++
		}
		switch {
		case cells > mostCells:
			return errManyCells
		case merges > collection.MostMerges:
			return errManyMerges
		}
	}
}

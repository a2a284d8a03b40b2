package paper

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"luoshi/collection"
	"luoshi/document"
	"luoshi/fault"

	"github.com/xuri/excelize/v2"
)

var errNoTemplate = fault.New(fault.Invalid, "模板要用 Excel 的 .xlsx 文件。.xls、.et 请用 Excel 或 WPS 另存为 .xlsx，再选一次。")

// openWorkbook opens a workbook that somebody sent.
func openWorkbook(raw []byte) (*excelize.File, error) {
	if document.Format(raw) != "xlsx" {
		return nil, errNoTemplate
	}
	if err := checkSheets(raw); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: formUnpacked, UnzipXMLSizeLimit: unpackedMemory})
	switch {
	case err == nil:
		return f, nil
	case strings.Contains(err.Error(), "unzip size exceeds"):
		return nil, document.ErrUnpacked
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, document.ErrEncrypted
	}
	return nil, document.ErrDamaged
}

// ReadTemplate reads the sheet of a workbook that units fill in: the one of a name, or
// the first that is shown and holds something.
func ReadTemplate(_ context.Context, _ string, raw []byte, sheet string) (out collection.Sheet, err error) {
	defer func() {
		if recover() != nil { // the library must not fall over what somebody sends
			out, err = collection.Sheet{}, document.ErrDamaged
		}
	}()
	f, err := openWorkbook(raw)
	if err != nil {
		return out, err
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if at, err := f.GetSheetIndex(sheet); err == nil && at >= 0 {
		sheets = []string{sheet}
	}
	for _, name := range sheets {
		if shown, err := f.GetSheetVisible(name); err != nil || !shown {
			continue
		}
		if out, err = templateSheet(f, name); err != nil {
			return out, err
		}
		if len(out.Rows) > 0 {
			break
		}
	}
	return out, nil
}

// templateSheet reads the cells of a sheet as they read on the screen; of numbers all digits.
func templateSheet(f *excelize.File, name string) (out collection.Sheet, err error) {
	out.Name = name
	shown, err := f.GetRows(name)
	if err != nil {
		return out, document.ErrDamaged
	}
	if len(shown) > collection.MostRows {
		return out, fault.New(fault.TooLarge, "模板最多 %d 行、%d 列。", collection.MostRows, collection.MostColumns)
	}
	raw, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		return out, document.ErrDamaged
	}
	for r, row := range shown {
		if len(row) > collection.MostColumns {
			return out, fault.New(fault.TooLarge, "模板最多 %d 行、%d 列。", collection.MostRows, collection.MostColumns)
		}
		cells := make([]collection.Cell, len(row))
		for c, words := range row {
			if r < len(raw) && c < len(raw[r]) {
				words = allDigits(words, raw[r][c])
			}
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return out, err
			}
			formula, err := f.GetCellFormula(name, at)
			if err != nil {
				return out, document.ErrDamaged
			}
			cells[c] = collection.Cell{Words: words, Formula: formula != ""}
		}
		out.Rows = append(out.Rows, cells)
	}
	merges, err := f.GetMergeCells(name)
	if err != nil {
		return out, document.ErrDamaged
	}
	for _, m := range merges {
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if errors.Join(err1, err2) != nil {
			return out, document.ErrDamaged
		}
		if r1 <= collection.MostRows && c1 <= collection.MostColumns { // a heading may be merged as far as the sheet goes
			out.Merges = append(out.Merges, collection.Merge{Row: r1, Col: c1, LastRow: min(r2, collection.MostRows), LastCol: min(c2, collection.MostColumns)})
		}
	}
	return out, nil
}

// allDigits gives a number with all its digits, where the format of its cell shows fewer;
// a day as it is shown.
func allDigits(shown, raw string) string {
	if _, err := strconv.ParseFloat(raw, 64); err != nil || strings.ContainsAny(shown, "-/年月日:%") && !strings.HasPrefix(shown, "-") {
		return shown
	}
	return plainNumber(raw)
}

package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/document"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func listRead(raw []byte) ([][]string, error) {
	c, err := ReadList(context.Background(), "名单", raw, func(_ context.Context, name string, raw []byte) (document.Source, error) {
		return document.ReadFile(name, raw)
	})
	if err != nil {
		return nil, err
	}
	var out [][]string
	for r := range c.Rows() {
		out = append(out, c.Row(r))
	}
	return out, nil
}

var listCells = [][]string{{"县", "乡镇", "代码"}, {"云溪县", "石桥镇", "360102001000"}, {"", "江口镇", "360102002000"}}

func TestListsInEveryEncoding(t *testing.T) {
	var lines []string
	for _, row := range listCells {
		lines = append(lines, strings.Join(row, "\t"))
	}
	words := strings.Join(lines, "\r\n") + "\r\n"
	for name, e := range map[string]encoding.Encoding{
		"GB18030": simplifiedchinese.GB18030, "UTF-8": unicode.UTF8, "UTF-8 with its mark": unicode.UTF8BOM,
		"UTF-16 with its mark": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16 of the other order": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 without": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16 of the other order without": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		t.Run(name, func(t *testing.T) {
			raw, err := e.NewEncoder().Bytes([]byte(words))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := listRead(raw); err != nil || !slices.EqualFunc(got, listCells, slices.Equal[[]string]) {
				t.Errorf("%q %v", got, err)
			}
		})
	}
	if _, err := listRead([]byte("县\t\xff\xff\x81")); !errors.Is(err, document.ErrBroken) {
		t.Errorf("broken: %v", err)
	}
	if _, err := listRead([]byte("\x89PNG\r\n\x1a\n")); !errors.Is(err, document.ErrPictures) {
		t.Errorf("a picture: %v", err)
	}
}

func TestListsOfWorkbooks(t *testing.T) {
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("名单")
	must(err)
	for r, row := range [][]any{{"县", "乡镇", "代码"}, {"云溪县", "石桥镇", 360102001000}, {nil, "江口镇", "360102002000"}, {nil, "山前镇", 3.60102003001e11}} {
		at, _ := excelize.CoordinatesToCellName(1, r+2)
		must(f.SetSheetRow("名单", at, &row))
	}
	must(f.MergeCell("名单", "A3", "A5"))
	var out bytes.Buffer
	must(f.Write(&out))
	want := append(slices.Clone(listCells), []string{"", "山前镇", "360102003001"})
	if got, err := listRead(out.Bytes()); err != nil || !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%q %v", got, err)
	}
	// The rows are numbered as in the file.
	c, err := ReadList(t.Context(), "", out.Bytes(), nil)
	if must(err); c.Line(0) != 2 {
		t.Errorf("the first row is %d", c.Line(0))
	}
	for w, want := range map[string]string{"3.60102001001E11": "360102001001", "3.60102001001E+11": "360102001001", "3.60102E+11": "3.60102E+11", "云溪县": "云溪县", "1E5": "1E5"} {
		if got := plainNumber(w); got != want {
			t.Errorf("%s became %s", w, got)
		}
	}
}

// Of a file of another kind the largest table is read.
func TestListsOfOtherFiles(t *testing.T) {
	source, err := document.ReadFile("名单.csv", []byte("县,乡镇\n云溪县,石桥镇\n"))
	if err != nil {
		t.Fatal(err)
	}
	if c := largestTable(source); c.Rows() != 2 || c.At(1, 1) != "石桥镇" {
		t.Errorf("%d rows", c.Rows())
	}
}

// What unpacks to more than a form may bring, or has too many cells, is refused; a torn
// file is called damaged.
func TestHostileListWorkbooks(t *testing.T) {
	f := excelize.NewFile()
	if err := f.SetCellStr("Sheet1", "A1", "县"); err != nil {
		t.Fatal(err)
	}
	var good bytes.Buffer
	if err := f.Write(&good); err != nil {
		t.Fatal(err)
	}
	remade := func(change func(name string, content []byte) []byte) []byte {
		r, err := zip.NewReader(bytes.NewReader(good.Bytes()), int64(good.Len()))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for _, part := range r.File {
			in, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			var content bytes.Buffer
			if _, err := content.ReadFrom(in); err != nil {
				t.Fatal(err)
			}
			p, err := w.Create(part.Name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Write(change(part.Name, content.Bytes())); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	sheet := func(rows string) []byte {
		return remade(func(name string, content []byte) []byte {
			if strings.HasSuffix(name, "sheet1.xml") {
				return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
			}
			return content
		})
	}
	for name, raw := range map[string][]byte{
		"a bomb":         sheet(strings.Repeat(" ", formUnpacked+1)),
		"a torn file":    good.Bytes()[:good.Len()/2],
		"far columns":    sheet(strings.Repeat(`<row><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>`, mostListCells/16_384+2)),
		"no sheet data":  sheet("<row><c r=\"A1\""),
		"nothing at all": remade(func(string, []byte) []byte { return nil }),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := listRead(raw); err == nil && len(got) > 0 {
				t.Errorf("taken: %d rows", len(got))
			}
		})
	}
}

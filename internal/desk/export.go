package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
	"luoshi/ledger"

	"golang.org/x/mod/sumdb/note"
)

// ExportKind says whether an export holds everything or what is released.
type ExportKind string

const (
	FullExport   ExportKind = "full"
	PublicExport ExportKind = "public"
)

// manifest is manifest.json, docs/export.md section 1.
type manifest struct {
	Format string         `json:"format"`
	Kind   ExportKind     `json:"kind"`
	Origin string         `json:"origin"`
	City   int64          `json:"city"`
	Size   int64          `json:"size"`
	Root   string         `json:"root"`
	Files  []manifestFile `json:"files"`
}

type manifestFile struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

const exportFormat = "luoshi/export/1"

// exporting is one export under way.
type exporting struct {
	kind     ExportKind
	city     int64
	blobs    *blob.Store
	put      func(path string, content []byte) error
	files    []manifestFile
	released releasedRecords
}

// Export hands over every file of an export, docs/export.md. It is meant to be
// run on a copy of the database with a long read limit. Progress is told the
// number of entries done and of all.
func (o *Office) Export(ctx context.Context, kind ExportKind, signer note.Signer, put func(path string, content []byte) error, progress func(done, all int64)) error {
	e := exporting{kind: kind, city: o.city, blobs: o.blobs, put: put}
	return o.db.Read(ctx, func(v *db.View) error {
		size, root, err := db.LogSize(v, o.city)
		if err != nil {
			return err
		}
		if e.released, err = loadReleasedRecords(v, o.city); err != nil {
			return err
		}
		checkpoint, err := ledger.SignCheckpoint(ledger.Checkpoint{Origin: signer.Name(), Size: size, Root: root}, signer)
		if err != nil {
			return err
		}
		if err := e.file("log/checkpoint", checkpoint); err != nil {
			return err
		}
		if err := e.log(v, size, progress); err != nil {
			return fmt.Errorf("export log: %w", err)
		}
		if err := e.documents(v); err != nil {
			return fmt.Errorf("export documents: %w", err)
		}
		for _, table := range exportTables {
			if err := e.table(v, table); err != nil {
				return fmt.Errorf("export table %s: %w", table.name, err)
			}
		}
		return e.manifest(manifest{Format: exportFormat, Kind: kind, Origin: signer.Name(), City: o.city, Size: size, Root: root.String()}, signer)
	})
}

func (e *exporting) file(path string, content []byte) error {
	sum := sha256.Sum256(content)
	e.files = append(e.files, manifestFile{path, int64(len(content)), hex.EncodeToString(sum[:])})
	return e.put(path, content)
}

func (e *exporting) manifest(m manifest, signer note.Signer) error {
	slices.SortFunc(e.files, func(a, b manifestFile) int { return cmp.Compare(a.Path, b.Path) })
	m.Files = e.files
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(m); err != nil {
		return err
	}
	signed, err := ledger.SignText(fmt.Sprintf("%s\n%s\n%s\n%x\n", exportFormat, m.Origin, m.Kind, sha256.Sum256(b.Bytes())), signer)
	if err != nil {
		return err
	}
	if err := e.put("manifest.json", b.Bytes()); err != nil {
		return err
	}
	return e.put("manifest.note", signed)
}

func (e *exporting) shows(entry ledger.Entry) bool {
	return e.kind == FullExport || e.released.shows(entry)
}

// log writes tiles, entry bundles and words, a bundle at a time.
func (e *exporting) log(v *db.View, size int64, progress func(done, all int64)) error {
	words := [][]string{{"seq", "salt", "words"}}
	for _, tile := range ledger.Tiles(size) {
		hashes, err := db.Tile(v, e.city, tile)
		if err != nil {
			return err
		}
		if err := e.file("log/"+ledger.TilePath(tile), hashes); err != nil {
			return err
		}
		if tile.L > 0 {
			continue
		}
		entries, err := db.Entries(v, e.city, tile.N*ledger.TileWidth, tile.W)
		if err != nil {
			return err
		}
		var bundle []byte
		for _, entry := range entries {
			body := entry.Body
			if !e.shows(entry.Entry) {
				body = nil
			} else if salt, text, err := db.WordsOf(v, entry); err != nil {
				return err // silent about it, the export would say that they were erased
			} else if salt != nil {
				words = append(words, []string{strconv.FormatInt(entry.Seq, 10), hexText(salt), text})
			}
			if bundle, err = ledger.AppendBundle(bundle, body); err != nil {
				return err
			}
		}
		if err := e.file("log/"+ledger.BundlePath(tile), bundle); err != nil {
			return err
		}
		progress(tile.N*ledger.TileWidth+int64(tile.W), size)
	}
	return e.csv("log/words.csv", words)
}

func (e *exporting) csv(path string, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	return e.file(path, b.Bytes())
}

func (e *exporting) documents(v *db.View) error {
	docs, err := exportedDocuments(v, e.city, e.kind == PublicExport)
	if err != nil {
		return err
	}
	for _, d := range docs {
		doc, err := loadDocument(v, e.city, d)
		if err != nil {
			return err
		}
		if !utf8.ValidString(doc.Text) {
			return fmt.Errorf("document %s is not UTF-8", id.Document(d))
		}
		if err := e.file("documents/"+d.String()+".txt", []byte(doc.Text)); err != nil {
			return err
		}
		if e.kind == PublicExport {
			continue
		}
		original, err := e.blobs.Get(doc.Original)
		if err != nil {
			return err
		}
		if err := e.file("documents/"+d.String()+".original", original); err != nil {
			return err
		}
	}
	return nil
}

func (e *exporting) table(v *db.View, t exportTable) error {
	rows, err := t.rows(v, e.city, e.kind == PublicExport)
	if err != nil {
		return err
	}
	return e.csv("tables/"+t.name+".csv", append([][]string{t.columns}, rows...))
}

func hexText(b []byte) string { return hex.EncodeToString(b) }

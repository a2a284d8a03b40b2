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
	"luoshi/plan"

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

const exportFormat = "luoshi/export/5"

// exporting is one export under way.
type exporting struct {
	kind   ExportKind
	city   int64
	blobs  *blob.Store
	put    func(path string, content []byte) error
	files  []manifestFile
	sights *sights
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
		if e.sights, err = loadSights(v, o.city, preview{}, 0); err != nil {
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
		if err := e.reportFiles(v); err != nil {
			return fmt.Errorf("export files of reports: %w", err)
		}
		if err := e.summaries(v); err != nil {
			return fmt.Errorf("export summaries: %w", err)
		}
		for _, table := range slices.Concat(exportTables, factTables) {
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

// shown gives the words of an entry as they stand in the export, or tells that the entry
// does not. Part of the words may be covered; their salt is then kept back, for with it
// they could be guessed.
func (e *exporting) shown(v *db.View, entry db.Logged) (shown bool, salt []byte, words string, err error) {
	if e.kind == PublicExport && entry.Class != ledger.Public {
		return false, nil, "", nil
	}
	if salt, words, err = db.WordsOf(v, entry); err != nil || e.kind == FullExport {
		return true, salt, words, err // silent about it, the export would say that they were erased
	}
	texts, err := ledger.ParseWords(words)
	if err != nil {
		return false, nil, "", err
	}
	if shown, err = e.sights.shows(entry.Entry, texts); err != nil || !shown {
		return false, nil, "", err
	}
	seen, err := e.sights.seen(entry.Entry, words)
	if seen != words {
		salt = []byte{}
	}
	return true, salt, seen, err
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
			shown, salt, text, err := e.shown(v, entry)
			if err != nil {
				return err
			}
			if !shown {
				body = nil
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
		public, err := e.publicText(v, doc)
		if err != nil {
			return err
		}
		name := "documents/" + d.String()
		if public.text != doc.Text {
			if err := e.file(name+".covered", []byte(public.text)); err != nil {
				return err
			}
			continue
		}
		if err := e.file(name+".txt", []byte(doc.Text)); err != nil {
			return err
		}
		if e.kind == PublicExport && !public.original {
			continue
		}
		original, err := e.blobs.Get(doc.Original)
		if err != nil {
			return err
		}
		if err := e.file(name+".original", original); err != nil {
			return err
		}
	}
	return nil
}

// reportFiles are the files that belong to reports, each content once. They stay inside.
func (e *exporting) reportFiles(v *db.View) error {
	if e.kind == PublicExport {
		return nil
	}
	all, err := everyReportFile(v, e.city)
	if err != nil {
		return err
	}
	for i, f := range all {
		if i > 0 && all[i-1].Hash == f.Hash {
			continue
		}
		content, err := e.blobs.Get(f.Hash)
		if err != nil {
			return err
		}
		if err := e.file("attachments/"+hexText(f.Hash[:])+".original", content); err != nil {
			return err
		}
	}
	return nil
}

// summaries are the editions that were issued, word for word. They stay inside too.
func (e *exporting) summaries(v *db.View) error {
	if e.kind == PublicExport {
		return nil
	}
	all, err := everyIssued(v, e.city)
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := e.file("summaries/"+hexText(s.digest)+".json", []byte(s.content)); err != nil {
			return err
		}
	}
	return nil
}

// publicText is a document as it stands in the export.
type publicText struct {
	text     string
	original bool // whether the file is public too
}

// publicText covers in a document what is hidden in any of the public plans on it.
func (e *exporting) publicText(v *db.View, doc storedDocument) (publicText, error) {
	if e.kind == FullExport {
		return publicText{doc.Text, true}, nil
	}
	out := publicText{original: true}
	runes := []rune(doc.Text)
	for _, p := range e.sights.document(doc.ID.String()) {
		hidden, err := p.hidden(v, e.city, doc.ID)
		if err != nil {
			return out, err
		}
		runes = plan.Cover(runes, hidden)
		out.original = out.original && p.fields.released(plan.Originals)
	}
	out.text = string(runes)
	return out, nil
}

func (e *exporting) table(v *db.View, t exportTable) error {
	rows, err := t.rows(v, e.city, e.kind == PublicExport)
	if err != nil {
		return err
	}
	if e.kind == PublicExport {
		if rows, err = e.sights.coverRows(t, rows); err != nil {
			return err
		}
	}
	return e.csv("tables/"+t.name+".csv", append([][]string{t.columns}, rows...))
}

func hexText(b []byte) string { return hex.EncodeToString(b) }

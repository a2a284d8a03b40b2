package document

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
)

// Limits of an Office file. A plan of a hundred pages has some 5 MB of XML; what
// stays within these is read in two seconds on one slow core.
const (
	MaxPacked   = 32 << 20 // bytes of the file
	mostEntries = 10_000   // files in it
	largestPart = 64 << 20 // bytes of one of them, unpacked
	mostXML     = 24 << 20 // bytes of XML that are read, of all parts together
)

// officePackage is a zip file of parts (ECMA-376 Part 2). Nothing is ever written
// to a disk, so a name that points out of the package only finds nothing.
type officePackage struct {
	files map[string]*zip.File // by name in lower case; nil where two have one name
	left  int                  // bytes of XML that may still be read
}

// openPackage reads the directory of a zip file.
func openPackage(raw []byte) (*officePackage, error) {
	if bytes.Count(raw, []byte("PK\x01\x02")) > mostEntries {
		return nil, ErrUnpacked
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, ErrDamaged
	}
	p := &officePackage{files: map[string]*zip.File{}, left: mostXML}
	for _, f := range archive.File {
		name := partName(f.Name)
		if _, twice := p.files[name]; twice {
			f = nil
		}
		p.files[name] = f
	}
	return p, nil
}

// partName is the form in which names are compared: without regard to case (Part
// 2, 6.2.2.3), with the slashes that some writers turn the wrong way put right.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// has reports whether there is a part of that name.
func (p *officePackage) has(name string) bool {
	_, ok := p.files[partName(name)]
	return ok
}

// part unpacks a part. A part that is not there is empty.
func (p *officePackage) part(name string) ([]byte, error) {
	f, ok := p.files[partName(name)]
	switch {
	case !ok:
		return nil, nil
	case f == nil: // of two parts of one name programs read different ones
		return nil, ErrDamaged
	case f.Flags&1 != 0:
		return nil, ErrEncrypted
	case f.UncompressedSize64 > largestPart:
		return nil, ErrUnpacked
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close()
	// The size is the file's own word, so it is believed only as far as deflate can
	// shrink: to 1/1032.
	var out bytes.Buffer
	out.Grow(int(min(f.UncompressedSize64, f.CompressedSize64*1032)) + bytes.MinRead)
	if _, err := out.ReadFrom(io.LimitReader(r, largestPart)); err != nil {
		return nil, ErrDamaged
	}
	return out.Bytes(), nil
}

// xml opens a part for reading, or gives nil where it is not there.
func (p *officePackage) xml(name string) (*xmlReader, error) {
	raw, err := p.part(name)
	if err != nil || raw == nil {
		return nil, err
	}
	return newXMLReader(raw, &p.left), nil
}

// relation is a link from a part to another (Part 2, 6.5).
type relation struct {
	id     string
	kind   string // the last word of its type: styles, numbering, worksheet
	target string // the name of a part
}

// relations are the links of a part, in the order of the file; the package's own
// are those of "".
func (p *officePackage) relations(of string) ([]relation, error) {
	folder, file := path.Split(of)
	x, err := p.xml(folder + "_rels/" + file + ".rels")
	if err != nil || x == nil {
		return nil, err
	}
	if _, err := x.root(); err != nil {
		return nil, err
	}
	var out []relation
	err = x.within(func(t xmlToken) error {
		if t.kind != elementStarts || t.name != "Relationship" || t.value("TargetMode") == "External" {
			return nil
		}
		if len(out) == mostEntries { // more than there can be parts
			return ErrDamaged
		}
		target := t.value("Target")
		if !strings.HasPrefix(target, "/") {
			target = "/" + folder + target
		}
		out = append(out, relation{t.value("Id"), path.Base(t.value("Type")), partName(target)})
		return nil
	})
	return out, err
}

// linked gives the name of the first part that is linked to as such a kind, or the
// usual name where no link says.
func linked(links []relation, kind, usual string) string {
	for _, l := range links {
		if l.kind == kind {
			return l.target
		}
	}
	return usual
}

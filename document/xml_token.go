package document

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"luoshi/fault"
)

// namespace is the vocabulary that an element of an Office file belongs to.
type namespace int

const (
	otherSpace  namespace = iota
	wordSpace             // WordprocessingML, ECMA-376 Part 1, 17
	mathSpace             // Office Math, 22.1
	choiceSpace           // Markup Compatibility, ECMA-376 Part 3
)

// namespaces knows the addresses of ECMA-376 (transitional) and ISO 29500 (strict).
var namespaces = map[string]namespace{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": wordSpace,
	"http://purl.oclc.org/ooxml/wordprocessingml/main":             wordSpace,
	"http://schemas.openxmlformats.org/officeDocument/2006/math":   mathSpace,
	"http://purl.oclc.org/ooxml/officeDocument/math":               mathSpace,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":  choiceSpace,
}

type tokenKind int

const (
	elementStarts tokenKind = iota + 1
	elementEnds
	elementWords
)

// xmlToken is the start of an element, its end, or words within it.
type xmlToken struct {
	kind       tokenKind
	space      namespace
	name       string
	words      string
	attributes []xml.Attr
}

// starts reports the start of an element of one vocabulary.
func (t xmlToken) starts(space namespace, name string) bool {
	return t.kind == elementStarts && t.space == space && t.name == name
}

// value is an attribute by its local name, or "".
func (t xmlToken) value(name string) string {
	v, _ := t.attribute(name)
	return v
}

func (t xmlToken) attribute(name string) (string, bool) {
	for _, a := range t.attributes {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// number reads an attribute as a number from 0, or gives what is usual.
func (t xmlToken) number(name string, usual int) int {
	n, err := strconv.Atoi(strings.TrimSpace(t.value(name)))
	if err != nil || n < 0 || n > 1<<30 {
		return usual
	}
	return n
}

// on reads an element that is true unless its val says otherwise (ST_OnOff, 22.9.2.7).
func (t xmlToken) on() bool {
	switch t.value("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// deepestXML is how deep elements may lie within one another: a table in a cell
// adds three, and Word itself does not go beyond some hundreds.
const deepestXML = 10000

// xmlReader gives the tokens of one part of an Office file. It refuses what could
// make reading expensive: a DOCTYPE, elements without end, tokens without end.
type xmlReader struct {
	raw     []byte
	at      int
	longest int // where the token being read must end
	decoder *xml.Decoder
	depth   int  // elements that are open
	left    *int // bytes of XML that may still be read of the whole file
}

func newXMLReader(raw []byte, left *int) *xmlReader {
	x := &xmlReader{raw: raw, left: left}
	x.decoder = xml.NewDecoder(x)
	return x
}

// ReadByte feeds the decoder.
func (x *xmlReader) ReadByte() (byte, error) {
	if x.at >= x.longest {
		if x.at == len(x.raw) {
			return 0, io.EOF
		}
		return 0, ErrUnpacked
	}
	b := x.raw[x.at]
	x.at++
	return b, nil
}

// Read is there for the type's sake: a decoder with ReadByte does not call it.
func (x *xmlReader) Read(p []byte) (int, error) {
	n := copy(p, x.raw[x.at:])
	x.at += n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// next gives the next token, or io.EOF after the last. Other errors are faults.
func (x *xmlReader) next() (xmlToken, error) {
	for {
		before := x.at
		x.longest = min(len(x.raw), x.at+MaxBytes)
		token, err := x.decoder.Token()
		switch *x.left -= x.at - before; {
		case err == io.EOF:
			return xmlToken{}, err
		case fault.Of(err) != nil:
			return xmlToken{}, fault.Of(err)
		case err != nil:
			return xmlToken{}, ErrDamaged
		case *x.left < 0:
			return xmlToken{}, ErrUnpacked
		}
		switch token := token.(type) {
		case xml.StartElement:
			if x.depth++; x.depth > deepestXML {
				return xmlToken{}, ErrDamaged
			}
			return xmlToken{kind: elementStarts, space: namespaces[token.Name.Space], name: token.Name.Local, attributes: token.Attr}, nil
		case xml.EndElement:
			x.depth--
			return xmlToken{kind: elementEnds, space: namespaces[token.Name.Space], name: token.Name.Local}, nil
		case xml.CharData:
			if x.depth > 0 {
				return xmlToken{kind: elementWords, words: string(token)}, nil
			}
		case xml.Directive: // no part of an Office file has a DOCTYPE: Part 2, 6.2.5
			return xmlToken{}, ErrDamaged
		}
	}
}

// root goes to the outermost element.
func (x *xmlReader) root() (xmlToken, error) {
	t, err := x.next()
	if err == io.EOF {
		err = ErrDamaged
	}
	return t, err
}

// within visits what lies in the element that has just started, up to its end. A
// visit may itself read an element to its end; one that does not is gone into.
func (x *xmlReader) within(visit func(xmlToken) error) error {
	inside := x.depth
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		if x.depth < inside {
			return nil
		}
		if err := visit(t); err != nil {
			return err
		}
	}
}

// skip leaves out the element that has just started.
func (x *xmlReader) skip() error {
	return x.within(func(xmlToken) error { return nil })
}

// text gives all words in the element that has just started.
func (x *xmlReader) text() (string, error) {
	var words strings.Builder
	err := x.within(func(t xmlToken) error {
		words.WriteString(t.words)
		return nil
	})
	return words.String(), err
}

// alternatives reads an AlternateContent that has just started: the first of its
// choices that adds something to what is read, else its fallback, never two of
// them (Part 3, 7.5). grown measures what has been read so far.
func (x *xmlReader) alternatives(grown func() int, visit func(xmlToken) error) error {
	before := grown()
	return x.within(func(t xmlToken) error {
		if t.kind == elementStarts && t.space == choiceSpace && (t.name == "Choice" || t.name == "Fallback") {
			if grown() > before {
				return x.skip()
			}
			return nil
		}
		return visit(t)
	})
}

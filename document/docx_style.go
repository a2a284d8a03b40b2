package document

// longestChain is how many styles one may be based on, one after another: as many
// as Word takes. A chain may be a circle.
const longestChain = 11

// mostDefinitions is how many styles or lists a document may have.
const mostDefinitions = 50_000

// docxListed is a paragraph's place in a list (numPr, ECMA-376 Part 1, 17.3.1.19).
type docxListed struct {
	num   string // numId: "" where nothing is said, "0" for no list
	level int    // ilvl, or -1 where nothing is said
}

// docxStyle is what a style says about numbers and hidden words.
type docxStyle struct {
	basedOn string
	listed  docxListed
	hidden  *bool // vanish, or nil where it says nothing
}

// docxStyles are the styles of a document by their ids; the one of paragraphs that
// name none is under "".
type docxStyles map[string]docxStyle

// readDocxStyles reads styles.xml, which may be missing.
func readDocxStyles(x *xmlReader) (docxStyles, error) {
	styles := docxStyles{}
	if x == nil {
		return styles, nil
	}
	if _, err := x.root(); err != nil {
		return nil, err
	}
	return styles, x.within(func(t xmlToken) error {
		if !t.starts(wordSpace, "style") {
			return nil
		}
		if len(styles) > mostDefinitions {
			return ErrUnpacked
		}
		id := t.value("styleId")
		usual := t.value("type") == "paragraph" && (t.value("default") == "1" || t.value("default") == "true")
		s := docxStyle{listed: docxListed{level: -1}}
		err := x.within(func(t xmlToken) error {
			if t.kind != elementStarts || t.space != wordSpace {
				return nil
			}
			switch t.name {
			case "basedOn":
				s.basedOn = t.value("val")
			case "numPr":
				var err error
				s.listed, err = readDocxListed(x)
				return err
			case "vanish":
				on := t.on()
				s.hidden = &on
			case "tblStylePr", "pPrChange", "rPrChange":
				return x.skip()
			}
			return nil
		})
		styles[id] = s
		if usual {
			styles[""] = s
		}
		return err
	})
}

// readDocxListed reads a numPr that has just started.
func readDocxListed(x *xmlReader) (docxListed, error) {
	l := docxListed{level: -1}
	err := x.within(func(t xmlToken) error {
		switch {
		case t.starts(wordSpace, "ilvl"):
			l.level = t.number("val", -1)
		case t.starts(wordSpace, "numId"):
			l.num = t.value("val")
		}
		return nil
	})
	return l, err
}

// chain visits a style and those it is based on, the nearest first, until a visit
// says that it has found what it looked for.
func (s docxStyles) chain(id string, visit func(id string, style docxStyle) bool) {
	for range longestChain {
		style, ok := s[id]
		if !ok || visit(id, style) || style.basedOn == "" {
			return
		}
		id = style.basedOn
	}
}

// list is the num of a style, its own or one that it is based on, or "".
func (s docxStyles) list(id string) string {
	num := ""
	s.chain(id, func(_ string, style docxStyle) bool {
		num = style.listed.num
		return num != ""
	})
	return num
}

// hidden reports whether words in a style are hidden, or gives what is usual.
func (s docxStyles) hidden(id string, usual bool) bool {
	s.chain(id, func(_ string, style docxStyle) bool {
		if style.hidden != nil {
			usual = *style.hidden
		}
		return style.hidden != nil
	})
	return usual
}

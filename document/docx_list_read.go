package document

import "strings"

// mostNumber keeps starts within what Word counts to (17.18.10 allows more).
const mostNumber = 32767

// readDocxLists reads numbering.xml, which may be missing.
func readDocxLists(x *xmlReader, styles docxStyles) (*docxLists, error) {
	l := &docxLists{
		abstracts: map[string]*docxAbstract{}, nums: map[string]docxNum{}, styles: styles,
		found: map[string]*docxAbstract{}, counts: map[*docxAbstract]*docxCount{}, begun: map[docxPlace]bool{},
	}
	if x == nil {
		return l, nil
	}
	if _, err := x.root(); err != nil {
		return nil, err
	}
	return l, x.within(func(t xmlToken) error {
		switch {
		case len(l.abstracts)+len(l.nums) > mostDefinitions:
			return ErrUnpacked
		case t.starts(wordSpace, "abstractNum"):
			a := &docxAbstract{}
			l.abstracts[t.value("abstractNumId")] = a
			return x.within(func(t xmlToken) error {
				switch {
				case t.starts(wordSpace, "numStyleLink"):
					a.link = t.value("val")
				case t.starts(wordSpace, "lvl"):
					i, level, err := readDocxLevel(x, t)
					if i < listLevels {
						a.levels[i] = level
					}
					return err
				}
				return nil
			})
		case t.starts(wordSpace, "num"):
			id, n := t.value("numId"), docxNum{}
			err := x.within(func(t xmlToken) error {
				switch {
				case t.starts(wordSpace, "abstractNumId"):
					n.abstract = t.value("val")
				case t.starts(wordSpace, "lvlOverride"):
					o, err := readDocxOverride(x, t)
					if len(n.overrides) < listLevels {
						n.overrides = append(n.overrides, o)
					}
					return err
				}
				return nil
			})
			l.nums[id] = n
			return err
		}
		return nil
	})
}

func readDocxOverride(x *xmlReader, start xmlToken) (docxOverride, error) {
	o := docxOverride{level: start.number("ilvl", 0)}
	err := x.within(func(t xmlToken) error {
		switch {
		case t.starts(wordSpace, "startOverride"):
			o.restarts, o.start = true, min(t.number("val", 0), mostNumber)
		case t.starts(wordSpace, "lvl"):
			_, level, err := readDocxLevel(x, t)
			o.as = level
			return err
		}
		return nil
	})
	return o, err
}

// readDocxLevel reads a lvl that has just started and gives its index, from 0.
func readDocxLevel(x *xmlReader, start xmlToken) (int, *docxLevel, error) {
	level := &docxLevel{format: "decimal", suffix: "tab", restart: -1}
	err := x.within(func(t xmlToken) error {
		switch {
		case t.starts(choiceSpace, "Fallback"):
			return x.skip() // the format that stands before it in Choice is what Word shows
		case t.kind != elementStarts || t.space != wordSpace:
			return nil
		}
		switch t.name {
		case "start":
			level.start = min(t.number("val", 0), mostNumber)
		case "numFmt":
			level.format = t.value("val")
			if first, _, _ := strings.Cut(t.value("format"), ","); level.format == "custom" && strings.Trim(first, "0") == "1" {
				level.digits = min(len(first), 9)
			}
		case "lvlText":
			if level.pattern = t.value("val"); len(level.pattern) > 255 { // Word takes no more
				level.pattern = ""
			}
		case "suff":
			level.suffix = t.value("val")
		case "isLgl":
			level.legal = t.on()
		case "lvlRestart":
			level.restart = t.number("val", -1)
		case "pStyle":
			level.style = t.value("val")
		case "pPr", "rPr":
			return x.skip()
		}
		return nil
	})
	return start.number("ilvl", 0), level, err
}

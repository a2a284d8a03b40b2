package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fact"
	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/db"
	"luoshi/org"
)

// JobFacts takes over the rows of a sheet that was decided on, where they are many. Its
// subject is the import; a chunk that is there already is not taken again.
const JobFacts = "fact.import"

// FactImport is a sheet of facts (台账) that somebody gave in. What the sheet says is sealed
// while it is looked at or taken over, and deleted then: persons may be named anywhere in it.
type FactImport struct {
	ID       id.FactImport
	FileName string // while it is looked at; empty where it was pasted
	Unit     id.Unit
	Reading  FactReading // while it is looked at
	State    ImportState
	Counts   FactCounts
	Done     int64
	Account  id.Account
	Post     id.Post
	Offered  calendar.Day
	Decided  calendar.Day // or given up; or empty

	sealed []byte // file name and reading
}

// Open reports whether a sheet is looked at: it is there, and nothing was decided.
func (f FactImport) Open() bool { return f.State == ImportOffered }

// FactCounts is how many rows of a sheet are what.
type FactCounts struct{ New, Corrections, Repeated, Same, OnBehalf int64 }

// All is how many rows are taken over.
func (c FactCounts) All() int64 { return c.New + c.Corrections }

// FactReading is how a sheet is read, and what is done with it.
type FactReading struct {
	Sheet      int // which of the file's, from 0
	Head       int // rows above the first fact
	Map        fact.SheetMap
	Year       int    // of days without one
	Month      string // 2011-09, where all is of one month; else empty
	Indicator  id.Indicator
	Indicators map[string]string // words to the indicator that is meant; "-" leaves their rows out
	Class      fact.Class
	Opening    bool         // 期初累计
	AsOf       calendar.Day // of an opening balance
	Again      bool         // rows that repeat facts that stand are taken all the same
	Right      []fact.SheetSpot
	Put        []FactPut
	Why        string // of corrections
}

// FactPut is a cell that was put right on the page.
type FactPut struct {
	fact.SheetSpot
	Words string
}

// FactOffer is a sheet as it comes in.
type FactOffer struct {
	FileName  string
	Content   []byte
	Unit      id.Unit // of whom it is, with those below
	Indicator id.Indicator
	Year      int // 0: this year
}

var (
	errNoSheet      = fault.New(fault.Invalid, "还没有粘贴台账，也没有选文件。").In("text")
	errSheetEmpty   = fault.New(fault.Invalid, "这里面没有读出表格。请看看选的是不是台账，或者把表格复制后粘贴进来。").In("text")
	errSheetDecided = fault.New(fault.Conflict, "这份台账已经在办了，不能再改。要改，请再交一份。")
	errSheetWrong   = fault.New(fault.Invalid, "台账里还有没改对的地方，一条都没有导入。请改好再来。")
	errSheetNothing = fault.New(fault.Invalid, "台账里没有新的数，没有要导入的。")
	errFactsChanged = fault.New(fault.Conflict, "您看的时候，数又变动过，下面是按现在的情况重新算的，什么都还没有导入。请再看一遍。")
	errSheetYear    = fault.New(fault.Invalid, "请写年份，例如 2011。").In("year")
	errSheetMonth   = fault.New(fault.Invalid, "请写月份，例如 2011-09，或者空着。").In("month")
	errSheetAsOf    = fault.New(fault.Invalid, "请写期初累计到哪一天，不能晚于今天。").In("as_of")
)

const (
	mostSheetNumber = 60   // sheets of a file that can be chosen
	mostPuts        = 2000 // cells of one sheet that are put right on the page
	mostMaps        = 300  // maps that are compared with a sheet
)

// readSheets reads the sheets of a file of facts.
func (o *Office) readSheets(ctx context.Context, name string, content []byte) ([]*fact.Sheet, error) {
	if document.Format(content) == "text" {
		cells, err := o.ReadCells(ctx, name, content)
		if err != nil || cells.Rows() == 0 {
			return nil, err
		}
		return []*fact.Sheet{fact.SheetOf(cells)}, nil
	}
	source, err := o.ReadFile(ctx, name, content)
	if err != nil {
		return nil, err
	}
	all := fact.SheetsOf(source)
	return all[:min(len(all), mostSheetNumber)], nil
}

// sheetsOf reads the sheets of a file that was given in and is looked at.
func (o *Office) sheetsOf(ctx context.Context, f FactImport) (out []*fact.Sheet, err error) {
	content, err := o.sheetPart(ctx, factSheets, int64(f.ID))
	if err != nil {
		return nil, err
	}
	db.Leave(ctx) // reading the file may take long
	return o.readSheets(ctx, f.FileName, content)
}

// OfferFacts takes a sheet in and remembers how it is to be read: as the last one with
// the same heads was, or as it looks.
func (o *Office) OfferFacts(ctx context.Context, cmd db.Cmd, in FactOffer) (made id.FactImport, err error) {
	who, err := o.Who(ctx, cmd.Account)
	if err != nil {
		return 0, err
	}
	if err := o.db.Read(ctx, func(v *db.View) error { return o.mayOver(v, who, "fact.onbehalf", in.Unit) }); err != nil {
		return 0, err
	}
	db.Leave(ctx) // reading the file may take long
	if len(in.Content) == 0 {
		return 0, errNoSheet
	}
	sheets, err := o.readSheets(ctx, in.FileName, in.Content)
	if err != nil {
		return 0, err
	}
	if len(sheets) == 0 {
		return 0, errSheetEmpty
	}
	f := FactImport{FileName: in.FileName, Unit: in.Unit, State: ImportOffered, Account: cmd.Account}
	cmd = cmd.Of("fact.offer", []any{sha256.Sum256(in.Content), in.FileName, in.Unit, in.Indicator, in.Year}, &made)
	err = o.writeOver(ctx, cmd, "fact.onbehalf", over(in.Unit), func(tx *db.Tx, _ Who) error {
		f := f
		f.ID, f.Post, f.Offered = db.NewID[id.FactImport](tx), tx.Cmd().Actor, tx.Today()
		if f.Reading, err = o.guessFacts(tx, in, sheets); err != nil {
			return err
		}
		made = f.ID
		if err := saveFactImport(tx, o.city, f); err != nil {
			return err
		}
		return factSheets.saveParts(tx, o.city, int64(f.ID), string(in.Content))
	})
	return made, err
}

// DropFacts gives a sheet up: what it says is deleted.
func (o *Office) DropFacts(ctx context.Context, cmd db.Cmd, which id.FactImport) error {
	return o.writeOver(ctx, cmd.Of("fact.drop", which), "fact.onbehalf", o.unitOfSheet(which), func(tx *db.Tx, _ Who) error {
		return dropSheet(tx, o.city, which)
	})
}

func dropSheet(tx *db.Tx, city int64, which id.FactImport) error {
	f, err := loadFactImport(tx, city, which)
	if err != nil {
		return err
	}
	if !f.Open() {
		return errSheetDecided
	}
	f.State, f.Decided = ImportDropped, tx.Today()
	return endFactImport(tx, city, f)
}

// guessFacts chooses the sheet of a file with most in it that can be read, and how.
func (o *Office) guessFacts(tx *db.Tx, in FactOffer, sheets []*fact.Sheet) (FactReading, error) {
	kept, err := keptSheets(tx, o.city, in.Unit)
	if err != nil {
		return FactReading{}, err
	}
	out := FactReading{Year: in.Year, Indicator: in.Indicator, Class: fact.OwnWord, Indicators: map[string]string{}}
	if out.Year == 0 {
		out.Year, _ = strconv.Atoi(string(tx.Today())[:4])
	}
	maps := make([]fact.SheetMap, len(kept))
	for k := range kept {
		maps[k] = kept[k].Map
	}
	rows := -1
	for k, s := range sheets {
		form, which, known := fact.MatchSheet(s, maps)
		more := FactReading{Indicators: map[string]string{}, Class: fact.OwnWord}
		if known {
			more.Indicators, more.Class = kept[which].Indicators, kept[which].Class
		} else {
			form = fact.GuessSheet(s)
		}
		if below := s.Rows() - form.Head; form.Head > 0 && below > rows || rows < 0 {
			rows = max(below, 0)
			out.Sheet, out.Head, out.Map, out.Indicators, out.Class = k, form.Head, form.Map, more.Indicators, more.Class
		}
	}
	return out, nil
}

// ReadFactsAs says how a sheet that is looked at is read, and what is done with it. What
// its columns say is kept for the next one with the same heads.
func (o *Office) ReadFactsAs(ctx context.Context, cmd db.Cmd, which id.FactImport, as FactReading) error {
	if len(as.Put)+len(as.Right) > mostPuts {
		return fault.New(fault.TooLarge, "在页面上最多改 %d 处。再多，请在表格里改好再交。", mostPuts)
	}
	if err := as.check(o.Today()); err != nil {
		return err
	}
	whole := as
	if len(as.Map.Heads) == 0 {
		heads, err := o.headsAgain(ctx, which, as)
		if err != nil {
			return err
		}
		whole.Map = heads
	}
	return o.writeOver(ctx, cmd.Of("fact.read_as", []any{which, as}), "fact.onbehalf", o.unitOfSheet(which), func(tx *db.Tx, _ Who) error {
		f, err := loadFactImport(tx, o.city, which)
		if err != nil {
			return err
		}
		if !f.Open() {
			return errSheetDecided
		}
		f.Reading = whole
		if err := saveSheetMap(tx, o.city, f); err != nil {
			return err
		}
		return saveFactImport(tx, o.city, f)
	})
}

// headsAgain reads the heads of a sheet of which another part was chosen.
func (o *Office) headsAgain(ctx context.Context, which id.FactImport, as FactReading) (m fact.SheetMap, err error) {
	var f FactImport
	if err := o.db.Read(ctx, func(v *db.View) (err error) {
		f, err = loadFactImport(v, o.city, which)
		return err
	}); err != nil {
		return m, err
	}
	sheets, err := o.sheetsOf(ctx, f)
	if err != nil {
		return m, err
	}
	if as.Sheet < 0 || as.Sheet >= len(sheets) || as.Head < 0 || as.Head >= sheets[as.Sheet].Rows() {
		return m, fault.New(fault.Invalid, "这张表没有这么多行，请看看表头在第几行。").In("head")
	}
	s := sheets[as.Sheet]
	if guessed := fact.GuessSheet(s); guessed.Head == as.Head {
		return guessed.Map, nil
	}
	as.Map.Heads = s.HeadsAbove(as.Head)
	return as.Map, nil
}

func (r FactReading) check(today calendar.Day) error {
	if r.Year < 1980 || r.Year > 2100 {
		return errSheetYear
	}
	if _, err := calendar.ParseDay(r.Month + "-01"); r.Month != "" && err != nil {
		return errSheetMonth
	}
	if _, err := calendar.ParseDay(string(r.AsOf)); r.Opening && (err != nil || r.AsOf > today) {
		return errSheetAsOf
	}
	if !slices.Contains(fact.Classes, r.Class) {
		return fault.New(fault.Invalid, "请选佐证是哪一类：A、B 或者 C。").In("class")
	}
	return fault.CheckText("why", "更正的原因", r.Why, fact.LongestNote, false)
}

func (o *Office) unitOfSheet(which id.FactImport) func(tx *db.Tx) (id.Unit, error) {
	return func(tx *db.Tx) (id.Unit, error) {
		f, err := loadFactImport(tx, o.city, which)
		return f.Unit, err
	}
}

// FactImport gives a sheet that was given in, without reading it.
func (o *Office) FactImport(ctx context.Context, who Who, which id.FactImport) (f FactImport, err error) {
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if f, err = loadFactImport(v, o.city, which); err != nil {
			return err
		}
		return o.mayOver(v, who, "fact.onbehalf", f.Unit)
	})
	return f, err
}

// FactImports gives the units whose sheets somebody may give in, the indicators that are
// reported, and the last sheets of the first of those units.
func (o *Office) FactImports(ctx context.Context, who Who) (places []org.Unit, indicators []fact.Indicator, before []FactImport, err error) {
	if !who.May("fact.onbehalf") {
		return nil, nil, nil, MayNot("fact.onbehalf")
	}
	err = o.db.Read(ctx, func(v *db.View) error {
		add := func(some ...org.Unit) {
			for _, u := range some {
				if len(places) < mostPlaces && !slices.ContainsFunc(places, func(p org.Unit) bool { return p.ID == u.ID }) {
					places = append(places, u)
				}
			}
		}
		for _, h := range who.Held {
			switch reach("fact.onbehalf", h.Roles) {
			case WholeCity:
				for _, level := range []org.Level{org.CityLevel, org.County} {
					some, err := unitsOfLevel(v, o.city, level, 0, mostPlaces)
					if err != nil {
						return err
					}
					add(some...)
				}
			case Downward:
				own, err := loadUnit(v, o.city, h.Unit)
				if err != nil {
					return err
				}
				add(own)
			}
		}
		all, err := listIndicators(v, o.city)
		if err != nil {
			return err
		}
		indicators = slices.DeleteFunc(all, fact.Indicator.Rate)
		for _, p := range places {
			some, err := factImportsOf(v, o.city, p.ID, importsShown)
			if err != nil {
				return err
			}
			if before = append(before, some...); len(before) >= importsShown {
				break
			}
		}
		slices.SortFunc(before, func(a, b FactImport) int { return cmp.Compare(b.ID, a.ID) })
		return nil
	})
	return places, indicators, before, err
}

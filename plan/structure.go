package plan

import "luoshi/document"

// Structure is what a plan document says, read by program and not yet looked
// at by a person: the output of `luoshi plan parse --json`. Every value is a
// substring of the text or a derivation of a closed, named list; one that the
// reader knows to be doubtful is flagged or asked about.
type Structure struct {
	Title       string          `json:"title"`
	Issuer      string          `json:"issuer"`
	Outline     []document.Node `json:"outline"`
	Phases      []ReadPhase     `json:"phases"`
	Targets     []ReadTarget    `json:"targets"`
	Deadlines   []ReadDeadline  `json:"deadlines"`
	Recurring   []ReadRecurring `json:"recurring"`
	Responsible []ReadParties   `json:"responsible"`
	Questions   []ReadQuestion  `json:"questions"`
	Tables      []ReadTable     `json:"tables"`
	Cells       []ReadCell      `json:"cells,omitempty"`
}

// ReadCell is what a column of a task table says of an item.
type ReadCell struct {
	Node   int           `json:"node"`
	Column Column        `json:"column"`
	Span   document.Span `json:"span"`
}

// Doubts is what every value found may carry.
type Doubts struct {
	// Flags name what is uncertain, e.g. "year_inferred", "maybe_fact", "bound_vague".
	Flags []string `json:"flags"`
	// Derived names, for a field that is no substring, the derivation it came by,
	// e.g. {"value":"wan","deadline":"year_from_context"}.
	Derived map[string]string `json:"derived,omitempty"`
}

// InCell names the cell that a value stands in, where it stands in a table.
type InCell struct {
	Cell *CellName `json:"cell,omitempty"`
}

// CellName is where a file has a cell: rows and columns count from 1.
type CellName struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Column int    `json:"column"`
}

// ReadPhase is a stage of the plan. Start and End are YYYY-MM or YYYY-MM-DD, or null.
type ReadPhase struct {
	Name  string        `json:"name"`
	Start *string       `json:"start"`
	End   *string       `json:"end"`
	Node  int           `json:"node"`
	Span  document.Span `json:"span"`
	Doubts
	InCell
}

// ReadTarget is a number that the plan commits somebody to reach.
type ReadTarget struct {
	Item      string        `json:"item"` // path of the node, for display
	Node      int           `json:"node"` // its ordinal
	Quote     string        `json:"quote"`
	Indicator string        `json:"indicator"`
	Value     Decimal       `json:"value"`
	Unit      string        `json:"unit"`
	Bound     string        `json:"bound"` // eq ge gt le lt approx range
	Max       *Decimal      `json:"max"`
	From      *Decimal      `json:"from"`
	Period    *string       `json:"period"`    // year, month … for quotas that repeat
	Deadline  *string       `json:"deadline"`  // YYYY-MM-DD, the day included
	Aggregate string        `json:"aggregate"` // sum distinct snapshot, once for each of Scope
	Scope     string        `json:"scope"`     // whom or what it is said of: 全市, 每村; or ""
	Direction string        `json:"direction"` // up: more is better; down: less is
	Hardness  string        `json:"hardness"`  // hard soft
	Span      document.Span `json:"span"`
	Doubts
	InCell
}

// ReadDeadline is a due time of a duty; Date is its last day, included.
type ReadDeadline struct {
	Item     string        `json:"item"`
	Node     int           `json:"node"`
	Quote    string        `json:"quote"`
	Date     string        `json:"date"`
	Hardness string        `json:"hardness"`
	Span     document.Span `json:"span"`
	Doubts
	InCell
}

// ReadRecurring is a duty that comes round: 定期走访, 每季度通报.
type ReadRecurring struct {
	Item   string        `json:"item"`
	Node   int           `json:"node"`
	Quote  string        `json:"quote"`
	Period string        `json:"period"`
	Span   document.Span `json:"span"`
	Doubts
	InCell
}

// ReadParties names who is answerable for an item, where the text says so outright.
type ReadParties struct {
	Item  string        `json:"item"`
	Node  int           `json:"node"`
	Units []string      `json:"units"`
	Role  string        `json:"role"` // lead cooperating responsible
	Span  document.Span `json:"span"`
	Doubts
	InCell
}

// ReadQuestion is asked of the person who imports the plan, because the text
// can be read in more than one way.
type ReadQuestion struct {
	Span    document.Span `json:"span"`
	Kind    string        `json:"kind"`
	Text    string        `json:"text"` // the question in Chinese: Pattern filled with Args
	Pattern string        `json:"-"`    // a constant sentence with a %s for each of Args
	Args    []string      `json:"args"`
	Choices []ReadChoice  `json:"choices"`
	// About says which value hangs on the answer: "target" or "deadline" with
	// its index in this structure, or "plan" for the plan as a whole.
	About string `json:"about"`
	Index int    `json:"index"`
}

// ReadChoice is one possible answer and the fields that it sets, e.g.
// {"label":"春节前，2012年1月22日","set":{"date":"2012-01-22"}}. A choice that sets
// nothing leaves the value as it was read.
type ReadChoice struct {
	Label   string            `json:"label"` // Pattern filled with Args
	Pattern string            `json:"-"`
	Args    []string          `json:"args,omitempty"`
	Set     map[string]string `json:"set,omitempty"`
}

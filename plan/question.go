package plan

import (
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/fault"
	"luoshi/id"
)

// QuestionState says whether somebody has answered.
type QuestionState string

const (
	QuestionOpen     QuestionState = "open"
	QuestionDeferred QuestionState = "deferred" // 以后再答
	QuestionAnswered QuestionState = "answered"
)

// Question is asked, not guessed: a place that can be read in more than one way.
// Pattern is a constant sentence with a %s for each of Args, so that it can be
// said in any language.
type Question struct {
	ID        id.Question
	Ordinal   int // place in the plan, from 1
	Kind      string
	Pattern   string
	Args      []string
	Choices   []Choice
	Document  id.Document // as of a target
	Span      document.Span
	Item      id.Item      // 0 where it is about the plan as a whole
	Target    id.Target    // the target that hangs on it, or 0
	Milestone id.Milestone // the milestone that hangs on it, or 0
	State     QuestionState
	Chosen    int               // index of the choice taken; -1 for own words
	Words     string            // own words
	AsRead    map[string]string // the fields that its choices set, as they were read
}

// Choice is one possible answer and the fields of the target or milestone that
// it sets; one that sets nothing leaves them as they were read.
type Choice struct {
	Pattern string            `json:"pattern"`
	Args    []string          `json:"args,omitempty"`
	Set     map[string]string `json:"set,omitempty"`
}

// OwnWords is the index that stands for an answer in one's own words.
const OwnWords = -1

// Answer records an answer: a choice, or own words where chosen is OwnWords.
func (q Question) Answer(chosen int, words string) (Question, error) {
	if chosen == OwnWords {
		if err := fault.CheckText("words", "您的说明", words, 500, true); err != nil {
			return q, err
		}
	} else if chosen < 0 || chosen >= len(q.Choices) {
		return q, fault.New(fault.Invalid, "请选一个答案，或者写下您的说明。").In("choice")
	} else {
		words = ""
	}
	q.State, q.Chosen, q.Words = QuestionAnswered, chosen, words
	return q, nil
}

// Alike reports whether an answer to one question can be meant for the other as well:
// both are of one kind and have the same choices, though about other words.
func (q Question) Alike(other Question) bool {
	return q.Kind == other.Kind && len(q.Choices) > 1 && slices.EqualFunc(q.Choices, other.Choices, func(a, b Choice) bool { return a.Pattern == b.Pattern })
}

// OpenAlike gives the questions that nobody has answered and that are alike.
func OpenAlike(all []Question, to Question) (alike []Question) {
	for _, q := range all {
		if q.ID != to.ID && q.State == QuestionOpen && q.Alike(to) {
			alike = append(alike, q)
		}
	}
	return alike
}

// CountAlike counts for each question that nobody has answered the others that are
// alike, as OpenAlike gives them.
func CountAlike(all []Question) map[id.Question]int {
	groups := map[string][]id.Question{}
	for _, q := range all {
		if q.State == QuestionOpen && len(q.Choices) > 1 {
			group := q.Kind
			for _, c := range q.Choices {
				group += "\n" + c.Pattern
			}
			groups[group] = append(groups[group], q.ID)
		}
	}
	others := map[id.Question]int{}
	for _, group := range groups {
		for _, q := range group {
			others[q] = len(group) - 1
		}
	}
	return others
}

// Sets gives the fields that the question sets as it stands: those of the choice
// taken, or as they were read where nobody has chosen.
func (q Question) Sets() map[string]string {
	if q.State != QuestionAnswered || q.Chosen < 0 || q.Chosen >= len(q.Choices) {
		return q.AsRead
	}
	return q.Choices[q.Chosen].Set
}

// With gives the target as an answer makes it.
func (t Target) With(set map[string]string) (Target, error) {
	var err error
	for field, value := range set {
		switch field {
		case "value":
			t.Value, err = ParseDecimal(value)
		case "bound":
			t.Bound, t.Direction = value, DirectionOf(value)
		case "unit":
			t.Unit = value
		case "period":
			t.Period = value
		case "aggregate":
			t.Aggregate = value
		case "deadline", "date":
			if t.Deadline = ""; value != "" {
				t.Deadline, err = calendar.ParseDay(value)
			}
		}
		if err != nil {
			return t, fault.New(fault.Invalid, "这个答案里的数或日期读不懂：%s", value)
		}
	}
	return t, CheckTarget(t)
}

// With gives the milestone as an answer makes it.
func (m Milestone) With(set map[string]string) (Milestone, error) {
	for _, field := range []string{"deadline", "date"} {
		if value, ok := set[field]; ok {
			day, err := calendar.ParseDay(value)
			if err != nil {
				return m, fault.New(fault.Invalid, "这个答案里的数或日期读不懂：%s", value)
			}
			m.Due = day
		}
	}
	return m, CheckMilestone(m)
}

// YearShift is by how many years the dates move that were read with the year of
// the document, when an answer says which year that is; was is the question
// before it was answered.
func YearShift(was, is Question) int {
	year := func(q Question) int {
		n, _ := strconv.Atoi(q.Sets()["year"])
		return n
	}
	if year(is) == 0 || year(was) == 0 {
		return 0
	}
	return year(is) - year(was)
}

const yearInferred = "year_from_context"

// Later moves the target's deadline by whole years, where its year was inferred.
func (t Target) Later(years int) Target {
	if t.Derived["deadline"] == yearInferred {
		t.Deadline = laterBy(t.Deadline, years)
	}
	return t
}

// Later moves the milestone's day by whole years, where its year was inferred.
func (m Milestone) Later(years int) Milestone {
	if m.Derived["date"] == yearInferred {
		m.Due = laterBy(m.Due, years)
	}
	return m
}

func laterBy(d calendar.Day, years int) calendar.Day {
	if d == "" {
		return d
	}
	t := d.Time()
	if moved := calendar.Make(t.Year()+years, int(t.Month()), t.Day()); moved != "" {
		return moved
	}
	return calendar.MonthEnd(t.Year()+years, int(t.Month())) // 29 February
}

// missingNumber is the kind of the question for the number of a document that has none.
const missingNumber = "missing_document_number"

// Settle leaves no question open where a plan comes into force, and gives those that it
// settles: what its approval says is the answer, all others are put off (待定).
func Settle(all []Question, f Force) (settled []Question, err error) {
	for i, q := range all {
		switch {
		case q.State == QuestionAnswered:
			continue
		case q.Kind == missingNumber && f.Number != "":
			if all[i], err = q.Answer(OwnWords, f.Number); err != nil {
				return nil, err
			}
		case q.State == QuestionOpen:
			all[i].State = QuestionDeferred
		default:
			continue
		}
		settled = append(settled, all[i])
	}
	return settled, nil
}

// OpenQuestions counts the questions that nobody has answered or put off.
func OpenQuestions(all []Question) int {
	n := 0
	for _, q := range all {
		if q.State == QuestionOpen {
			n++
		}
	}
	return n
}

// Said is the value of a field that answers set, as they write it.
func (t Target) Said(field string) string {
	switch field {
	case "value":
		return t.Value.String()
	case "bound":
		return t.Bound
	case "unit":
		return t.Unit
	case "period":
		return t.Period
	case "aggregate":
		return t.Aggregate
	case "deadline", "date":
		return string(t.Deadline)
	}
	return ""
}

package indicators

import (
	"testing"

	"luoshi/document"
	"luoshi/fact"
	"luoshi/internal/desk"
)

// A goal is not called reached while too little of what was reported is checked.
func TestAGoalIsReachedByWhatIsChecked(t *testing.T) {
	g := desk.GoalFigures{Goal: fact.Goal{From: "2011-08-01", To: "2012-12-31"}, Whole: document.Whole(10), Owed: true}
	for counted, want := range map[int64]string{9: "wait", 10: "done"} {
		g.Board.Total = fact.Figure{Reported: document.Whole(12), Counted: document.Whole(counted), Facts: 12}
		if class, word := goalLamp(t.Context(), g, "2012-12-01"); class != want {
			t.Errorf("%d of 10 checked: %s %s, want %s", counted, class, word, want)
		}
	}
}

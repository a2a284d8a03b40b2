package plan

import (
	"testing"

	"luoshi/id"

	"pgregory.net/rapid"
)

// Those that are alike are counted as they are found one by one.
func TestCountAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]Question, rapid.IntRange(0, 12).Draw(t, "questions"))
		for i := range all {
			all[i] = Question{ID: id.Question(i + 1), Kind: rapid.SampledFrom([]string{"day", "unit"}).Draw(t, "kind"),
				State: rapid.SampledFrom([]QuestionState{QuestionOpen, QuestionOpen, QuestionDeferred, QuestionAnswered}).Draw(t, "state")}
			for range rapid.IntRange(0, 3).Draw(t, "choices") {
				all[i].Choices = append(all[i].Choices, Choice{Pattern: rapid.SampledFrom([]string{"当天算", "当天不算"}).Draw(t, "choice")})
			}
		}
		counted := CountAlike(all)
		for _, q := range all {
			if want := len(OpenAlike(all, q)); q.State == QuestionOpen && counted[q.ID] != want {
				t.Fatalf("question %d has %d alike, want %d", q.ID, counted[q.ID], want)
			}
		}
	})
}

package plans

import (
	"net/http"

	"luoshi/document"
	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/plan"
)

// waiting is a question without an answer, with the words it is about.
type waiting struct {
	plan.Question
	Quote, Clause string
}

// questionList is the questions that wait, on one page to be printed for the chief.
func questionList(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	v, err := s.Reviewed(r)
	if err != nil {
		return err
	}
	web.Show(w, r, http.StatusOK, questionsPage(v, waitingIn(v)))
	return nil
}

// longestAround is how many runes of the document are shown round what is asked.
const longestAround = 60

func waitingIn(v desk.Review) (out []waiting) {
	text := []rune(v.Text)
	for _, q := range v.Questions {
		if q.State == plan.QuestionAnswered {
			continue
		}
		one := waiting{Question: q, Quote: document.Quote(text, q.Span)}
		if q.Span.End() > 0 {
			one.Clause = sentenceAround(text, q.Span)
		}
		out = append(out, one)
	}
	return out
}

// sentenceAround is the sentence of the document that holds words.
func sentenceAround(text []rune, s document.Span) string {
	ends := func(r rune) bool { return r == '。' || r == '\n' || r == '；' }
	from, to := s.Start(), s.End()
	for from > 0 && s.Start()-from < longestAround && !ends(text[from-1]) {
		from--
	}
	for to < len(text) && to-s.End() < longestAround && !ends(text[to]) {
		to++
	}
	return document.Quote(text, document.At(from, to))
}

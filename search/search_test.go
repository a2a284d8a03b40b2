package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/fault"

	"pgregory.net/rapid"
)

func parsed(t interface{ Fatal(...any) }, text string) Query {
	q, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestFinds(t *testing.T) {
	for name, c := range map[string]struct {
		query, title string
		found        bool
	}{
		"two characters":                         {"新村", "李家新村", true},
		"one character at the end":               {"村", "新村", true},
		"one character":                          {"村", "村", true},
		"simplified finds traditional":           {"文化站", "臨灣鎮文化站", true},
		"traditional finds simplified":           {"臨灣鎮", "临湾镇文化站", true},
		"a variant finds the character":          {"羣衆", "群众艺术馆", true},
		"one that depends on the word":           {"著名", "着名", true},
		"full width finds half width":            {"Ａ４纸", "采购A4纸", true},
		"half width finds full width":            {"a4", "采购Ａ４纸", true},
		"small finds capital":                    {"library", "Anlan Library", true},
		"signs do not count in the title":        {"新村建设", "“新村”建设", true},
		"signs do not count in the query":        {"“新村”", "新村建设", true},
		"blanks in the title do not count":       {"新村建设", "新村 建设", true},
		"words in any order":                     {"建设 新村", "新村建设", true},
		"full-width blanks part words":           {"建设　新村", "新村建设", true},
		"every word must stand in it":            {"新村 学校", "新村建设", false},
		"grams that stand apart are no word":     {"新村学校", "新村小学校", false},
		"another order is another word":          {"村新", "新村", false},
		"nothing finds nothing":                  {"", "新村", false},
		"signs alone find nothing":               {"——“”", "“新村”——", false},
		"a title of signs is never found":        {"新", "——", false},
		"a ligature is its letters":              {"fi", "ﬁ", true},
		"a compatibility ideograph is its plain": {"福", "福", true},
	} {
		t.Run(name, func(t *testing.T) {
			q := parsed(t, c.query)
			if q.Finds(c.title) != c.found {
				t.Errorf("%q in %q: %v", c.query, c.title, !c.found)
			}
			if c.found && !indexed(q, c.title) {
				t.Errorf("%q is not where %q is looked for", c.title, c.query)
			}
		})
	}
}

// indexed reports that a title has a gram in every span of a query.
func indexed(q Query, title string) bool {
	for _, s := range q.Spans() {
		if _, ok := s.First(title); !ok {
			return false
		}
	}
	return len(q.Spans()) > 0
}

func TestMarks(t *testing.T) {
	for name, c := range map[string]struct{ query, title, marked string }{
		"in the middle":              {"新村", "李家新村站", "李家[新村]站"},
		"twice":                      {"村", "村和村", "[村]和[村]"},
		"signs between are inside":   {"新村建设", "“新村”建设！", "“[新村”建设]！"},
		"words that overlap are one": {"新村 村建", "新村建设", "[新村建]设"},
		"in the other writing":       {"灣鎮", "临湾镇", "临[湾镇]"},
		"not there":                  {"学校", "新村", "新村"},
		"letters of one sign":        {"fi", "aﬁb", "a[ﬁ]b"},
	} {
		t.Run(name, func(t *testing.T) {
			runes, from, out := []rune(c.title), 0, ""
			for _, m := range parsed(t, c.query).Marks(c.title) {
				out += string(runes[from:m[0]]) + "[" + string(runes[m[0]:m[1]]) + "]"
				from = m[1]
			}
			if out += string(runes[from:]); out != c.marked {
				t.Errorf("marked %q, want %q", out, c.marked)
			}
		})
	}
}

func TestLongQueriesAreRefused(t *testing.T) {
	if _, err := Parse(strings.Repeat("村", MostAsked)); err != nil {
		t.Error(err)
	}
	if _, err := Parse(strings.Repeat("村", MostAsked+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

var (
	traditional = []rune("鄉鎮灣臺後裡裏黃圖館眾群峯啟戶說強乾隻麼線綫牀濕溼爲為徵閒鷄雞冊遊嶽穀鬥寧縣廣電視藝術書")
	character   = rapid.OneOf(rapid.SampledFrom(traditional), rapid.SampledFrom([]rune("新村李家临湾镇文化站12３ＡaＢb、“” 　■ﬁ")), rapid.Rune())
	titles      = rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(character, 0, 24).Draw(t, "runes")) })
)

// written gives a text in the other writing.
func written(text string) string {
	out := []rune(text)
	for i, r := range out {
		out[i] = simplified(r)
	}
	return string(out)
}

func TestEveryTwoCharactersFindTheirTitle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := titles.Draw(t, "title")
		runes := []rune(title)
		for i := range max(0, len(runes)-1) {
			two := string(runes[i : i+2])
			for _, pair := range [][2]string{{two, title}, {written(two), title}, {two, written(title)}, {strings.ToUpper(two), title}} {
				q := parsed(t, pair[0])
				if q.Nothing() {
					continue
				}
				if !q.Finds(pair[1]) || !indexed(q, pair[1]) {
					t.Fatalf("%q does not find %q", pair[0], pair[1])
				}
			}
		}
	})
}

func TestNothingElseIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title, asked := titles.Draw(t, "title"), titles.Draw(t, "query")
		q := parsed(t, asked)
		want := !q.Nothing()
		for _, w := range strings.Fields(asked) {
			want = want && strings.Contains(string(Fold(title).Runes), string(Fold(w).Runes))
		}
		if q.Finds(title) != want {
			t.Fatalf("%q in %q: %v", asked, title, !want)
		}
		if want && (!indexed(q, title) || len(q.Marks(title)) == 0) {
			t.Fatalf("%q in %q is found and has no place", asked, title)
		}
		for _, m := range q.Marks(title) {
			if m[0] < 0 || m[0] >= m[1] || m[1] > utf8.RuneCountInString(title) {
				t.Fatalf("%q in %q: marked %v", asked, title, m)
			}
		}
	})
}

func TestFoldingTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := Fold(titles.Draw(t, "title")).Runes
		if twice := Fold(string(once)).Runes; !slices.Equal(once, twice) {
			t.Fatalf("%q, then %q", string(once), string(twice))
		}
	})
}

func BenchmarkFold(b *testing.B) {
	Fold("臨灣")
	for b.Loop() {
		GramsOf("安瀾市臨灣鎮新村圖書室建設")
	}
}

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"新村", "臨灣 鎮", "ﬁ\x00\xff", "——", " a　b ", strings.Repeat("村", 50)} {
		f.Add(seed, "李家新村")
	}
	f.Fuzz(func(t *testing.T, asked, title string) {
		q, err := Parse(asked)
		if err != nil {
			return
		}
		if q.Finds(title) && (!indexed(q, title) || len(q.Marks(title)) == 0) {
			t.Errorf("%q in %q", asked, title)
		}
		if !utf8.ValidString(q.Text) {
			t.Errorf("%q is kept as %q", asked, q.Text)
		}
	})
}

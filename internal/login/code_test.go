package login

import (
	"strings"
	"testing"
)

func TestReadCode(t *testing.T) {
	const code = "7K3M0QWE9TR1"
	for name, c := range map[string]struct {
		typed string
		good  bool
	}{
		"as printed":                     {"7K3M-0QWE-9TR1", true},
		"without hyphens":                {"7K3M0QWE9TR1", true},
		"in small letters":               {"7k3m-0qwe-9tr1", true},
		"the letter O":                   {"7K3M-OQWE-9TR1", true},
		"a small o":                      {"7K3M-oQWE-9TR1", true},
		"the letter I":                   {"7K3M-0QWE-9TRI", true},
		"a small l":                      {"7K3M-0QWE-9TRl", true},
		"blanks":                         {" 7K3M 0QWE 9TR1 ", true},
		"a wide blank":                   {"7K3M\u30000QWE\u30009TR1", true},
		"wide letters":                   {"７Ｋ３Ｍ－０ＱＷＥ－９ＴＲ１", true},
		"a Chinese dash":                 {"7K3M——0QWE——9TR1", true},
		"a minus":                        {"7K3M−0QWE−9TR1", true},
		"pasted with an unseen sign":     {"\u200b7K3M-0QWE-9TR1\u200b", true},
		"hyphens elsewhere":              {"7K-3M0Q-WE9TR-1", true},
		"a sign too few":                 {"7K3M-0QWE-9TR", false},
		"a sign too many":                {"7K3M-0QWE-9TR12", false},
		"U stands in no code":            {"7K3M-0QWE-9TRU", false},
		"a dot":                          {"7K3M.0QWE.9TR1", false},
		"a Chinese numeral":              {"7K3M-0QWE-9TR一", false},
		"nothing":                        {"", false},
		"hyphens alone":                  {"----", false},
		"the token of a link":            {"mT3J0b5kX_Ow9Qy1c2dUe-4fGh7iJk6L", false},
		"not UTF-8":                      {"7K3M-0QWE-9TR\xff", false},
		"a letter with a longer capital": {"7K3M-0QWE-9TRß", false},
	} {
		got, ok := ReadCode(c.typed)
		if ok != c.good || ok && got != code {
			t.Errorf("%s: %q %v", name, got, ok)
		}
	}
}

func TestNewCodesAreReadAsTheyArePrinted(t *testing.T) {
	seen, signs := map[string]bool{}, map[rune]int{}
	for range 4200 {
		code, err := newCode()
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ReadCode(strings.ToLower(printed(code))); !ok || got != code || seen[code] {
			t.Fatalf("%s is read as %q", printed(code), got)
		}
		seen[code] = true
		for _, r := range code {
			signs[r]++
		}
	}
	for _, r := range codeSigns { // 1,575 each, give or take
		if signs[r] < 1300 || signs[r] > 1850 {
			t.Errorf("%c stands %d times in 4,200 codes", r, signs[r])
		}
	}
}

func FuzzReadCode(f *testing.F) {
	for _, typed := range []string{"7K3M-0QWE-9TR1", "７ｋ３ｍ", "oil", "——", "\xff"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := ReadCode(typed)
		if !ok {
			return
		}
		if len(code) != codeLength || strings.Trim(code, codeSigns) != "" {
			t.Fatalf("%q gives %q", typed, code)
		}
		if again, ok := ReadCode(printed(code)); !ok || again != code {
			t.Fatalf("%q is read as %q, and that as %q", typed, code, again)
		}
	})
}

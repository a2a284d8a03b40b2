package fault

import (
	"strings"
	"testing"
)

func TestCheckLineAndText(t *testing.T) {
	for name, c := range map[string]struct {
		text       string
		wanted     bool
		line, area bool // taken as a line, as a text
	}{
		"a name":          {"局办公室", true, true, true},
		"nothing":         {"", false, true, true},
		"missing":         {"", true, false, false},
		"blanks only":     {" 　\t", true, false, false},
		"two lines":       {"一\n二", true, false, true},
		"broken UTF-8":    {"一\xff", true, false, false},
		"NUL":             {"一\x00", true, false, false},
		"eleven runes":    {strings.Repeat("长", 11), true, false, false},
		"ten runes":       {strings.Repeat("长", 10), true, true, true},
		"escape sequence": {"\x1b[2J", true, false, false},
	} {
		if err := CheckLine("f", "名称", c.text, 10, c.wanted); (err == nil) != c.line {
			t.Errorf("%s as a line: %v", name, err)
		}
		if err := CheckText("f", "名称", c.text, 10, c.wanted); (err == nil) != c.area {
			t.Errorf("%s as a text: %v", name, err)
		}
	}
	f := Of(CheckLine("f", "名称", "", 10, true))
	if f == nil || f.Field != "f" || f.Error() != "请填写名称。" || !Is(f, Invalid) || Of(nil) != nil {
		t.Errorf("%+v", f)
	}
}

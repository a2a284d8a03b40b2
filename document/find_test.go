package document

import (
	"reflect"
	"testing"
)

func TestFind(t *testing.T) {
	text := []rune("一、送戏。\n二、送\n书，再送 书。")
	for _, c := range []struct {
		name, quote string
		want        []Span
	}{
		{"once", "送戏", []Span{At(2, 4)}},
		{"over a line break, and with a blank", "送书", []Span{At(8, 11), At(13, 16)}},
		{"copied with other blanks", " 送\r\n戏 。", []Span{At(2, 5)}},
		{"nowhere", "送画", nil},
		{"nothing", " \n", nil},
	} {
		if got := Find(text, c.quote); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

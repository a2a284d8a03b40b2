package paper

import (
	"strings"
	"testing"
)

// A cell of Excel holds 32,767 signs; what is cut says so.
func TestCellSized(t *testing.T) {
	long := cellSized(strings.Repeat("书", 40_000))
	if n := len([]rune(long)); n != 32_767 || !strings.HasSuffix(long, "余下的见方案原文）") {
		t.Errorf("%d signs", n)
	}
	if short := strings.Repeat("书", 32_767); cellSized(short) != short {
		t.Error("a cell that fits was cut")
	}
}

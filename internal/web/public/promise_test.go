package public

import (
	"testing"

	"luoshi/plan"
)

// Public pages say that a day is near when the bureau's own rules say so.
func TestLampsGoByTheRules(t *testing.T) {
	w := newTown(t)
	r := w.themed()
	for days, want := range map[int]plan.Lamp{0: plan.LampNone, 90: plan.LampNear} {
		w.must(w.office.SetLampRules(t.Context(), w.office.Cmd(w.clerk, w.command()), plan.LampRules{Preset: plan.PresetOwn, Near: days, Blue: days > 0}))
		p, err := w.public.Plan(t.Context(), r.Plan.ID)
		w.must(err)
		seen := map[plan.Lamp]int{}
		for _, m := range promises(p, w.public.Today()) {
			seen[m.Lamp]++
		}
		if seen[want] == 0 || seen[plan.LampDueSoon] > 0 || days == 0 && seen[plan.LampNear] > 0 {
			t.Errorf("%d days before: %v", days, seen)
		}
		if lamps := count([]plan.Lamp{plan.LampNear}); len(lamps) != 1 {
			t.Errorf("what is near is not counted: %v", lamps)
		}
	}
}

package sample

import (
	"slices"
	"testing"

	"luoshi/internal/desk"
	"luoshi/org"
)

func TestTheMuseumHasItsNewDirector(t *testing.T) {
	office, _, _ := inApril(t)
	people, err := office.SamplePeople(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	admin, err := office.Who(t.Context(), people[0].Account)
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := office.Accounts(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int {
		return slices.IndexFunc(accounts, func(a desk.Account) bool { return a.Name == name && a.State == org.AccountOpen })
	}
	if at(retiring) >= 0 || at(newcomer) < 0 || accounts[at(newcomer)].Title != "馆长" {
		t.Fatalf("%s at %d, %s at %d", retiring, at(retiring), newcomer, at(newcomer))
	}
	museum, err := office.Who(t.Context(), accounts[at(newcomer)].ID)
	if err != nil {
		t.Fatal(err)
	}
	all, err := office.Handovers(t.Context(), admin, museum.Held[0].Unit)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d handovers, %v", len(all), err)
	}
	h, err := office.HandedOver(t.Context(), museum, all[0].ID)
	if err != nil || h.From.Name != retiring || h.Last() != "2012-01-31" || len(h.Along.Duties) == 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

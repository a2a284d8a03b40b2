package peers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"
)

// foundFacts makes a collection of facts and one of their summaries.
func foundFacts(app core.App) error {
	facts := core.NewBaseCollection("facts")
	facts.CreateRule = types.Pointer(`@request.auth.id != ""`)
	facts.Fields.Add(
		&core.TextField{Name: "indicator", Required: true, Max: 13},
		&core.TextField{Name: "unit", Required: true, Max: 13},
		&core.TextField{Name: "day", Pattern: `^\d{4}-\d{2}-\d{2}$`},
		&core.NumberField{Name: "quantity"},
		&core.TextField{Name: "class", Required: true, Max: 1},
		&core.TextField{Name: "note", Max: 200},
	)
	if err := app.Save(facts); err != nil {
		return err
	}
	months := core.NewBaseCollection("months")
	months.Fields.Add(
		&core.NumberField{Name: "tier"},
		&core.TextField{Name: "indicator", Required: true, Max: 13},
		&core.TextField{Name: "month", Required: true, Max: 7},
		&core.TextField{Name: "unit", Required: true, Max: 13},
		&core.NumberField{Name: "reported"},
		&core.NumberField{Name: "facts"},
	)
	months.AddIndex("of_unit", true, "indicator, tier, month, unit", "")
	return app.Save(months)
}

// sumUp adds every fact to two rows of months, in the transaction in which it is created.
func sumUp(app *pocketbase.PocketBase) {
	app.OnRecordCreate("facts").BindFunc(func(e *core.RecordEvent) error {
		outside := e.App
		defer func() { e.App = outside }()
		return outside.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			for tier, unit := range []string{e.Record.GetString("unit"), "township"} {
				_, err := tx.DB().NewQuery(`INSERT INTO months (id, tier, indicator, month, unit, reported, facts) VALUES ({:id}, {:tier}, {:indicator}, {:month}, {:unit}, {:quantity}, 1)
					ON CONFLICT (indicator, tier, month, unit) DO UPDATE SET reported = months.reported + excluded.reported, facts = months.facts + 1`).
					Bind(dbx.Params{"id": security.PseudorandomString(15), "tier": tier, "indicator": e.Record.GetString("indicator"), "month": e.Record.GetString("day")[:7],
						"unit": unit, "quantity": e.Record.GetFloat("quantity")}).Execute()
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// beginPocketBaseFacts is the same server, into which facts are created.
func beginPocketBaseFacts(h *house, setting string) (subject, error) {
	s, err := beginPocketBase(h, setting)
	if err != nil {
		return s, err
	}
	milestone := s.create
	s.create = func(client int, n int64) request {
		q := milestone(client, n) // for who is signed in
		q.url = s.server.base + "/api/collections/facts/records"
		q.body = text(map[string]any{"indicator": "0AK2M5Q0000J1", "unit": fmt.Sprintf("V%d", client), "day": fmt.Sprintf("2012-04-%02d", 1+n%18), "quantity": 1 + n%3, "class": "C",
			"note": fmt.Sprintf("渡口晒场，第%08d回", n)})
		q.check = func(status int, to string, body []byte) error {
			var made struct{ ID string }
			if status != http.StatusOK || json.Unmarshal(body, &made) != nil || made.ID == "" {
				return refused(status, to, body)
			}
			return nil
		}
		return q
	}
	s.count = func() (int64, error) { return countRows(filepath.Join(s.data, "pb_data", "data.db"), "facts") }
	return s, nil
}

package desk

import (
	"luoshi/internal/db"
	"luoshi/reminder"
)

const ruleColumns = "active, channel, before_days, on_day, after_days, escalate_after, escalate_post, quiet_from, quiet_to, most, address, set_by"

// loadRules gives the rules that were set, or the preset.
func loadRules(q db.Querier, city int64) (reminder.Rules, error) {
	all, err := db.Rows(q, func(s db.Scanner) (r reminder.Rules, err error) {
		var before, after string
		err = s.Scan(&r.On, &r.Channel, &before, &r.OnDay, &after, &r.EscalateAfter, &r.EscalateTo, &r.QuietFrom, &r.QuietTo, &r.Most, &r.Address, &r.SetBy)
		r.Before, r.After = reminder.Numbers(before), reminder.Numbers(after)
		return r, err
	}, "SELECT "+ruleColumns+" FROM reminder_rule WHERE city_id = $1", city)
	if err != nil || len(all) == 0 {
		return reminder.PresetRules, err
	}
	return all[0], nil
}

func saveRules(tx *db.Tx, city int64, r reminder.Rules) error {
	return tx.Upsert("reminder_rule", "city_id", "city_id, "+ruleColumns, [][]any{{city, number(r.On), string(r.Channel), reminder.NumbersText(r.Before), number(r.OnDay),
		reminder.NumbersText(r.After), r.EscalateAfter, r.EscalateTo, r.QuietFrom, r.QuietTo, r.Most, r.Address, r.SetBy}})
}

// gatewayNumbers are by what the sealed secrets of channels are told apart.
var gatewayNumbers = map[reminder.Channel]int64{reminder.Robot: 1, reminder.SMS: 2, reminder.Mail: 3}

func secretCell(city int64, c reminder.Channel) db.Cell {
	return db.Cell{Table: "reminder_gateway", Column: "sealed_secret", City: city, Record: gatewayNumbers[c]}
}

// loadGateway gives how a channel is connected, without its secret; Form is empty where it is not.
func loadGateway(q db.Querier, city int64, c reminder.Channel) (ReminderGateway, error) {
	all, err := db.Rows(q, scanGateway, "SELECT channel, form, address, sender, template, sealed_secret FROM reminder_gateway WHERE city_id = $1 AND channel = $2", city, string(c))
	if err != nil || len(all) == 0 {
		return ReminderGateway{Channel: c}, err
	}
	return all[0], nil
}

func scanGateway(s db.Scanner) (g ReminderGateway, err error) {
	err = s.Scan(&g.Channel, &g.Form, &g.Address, &g.Sender, &g.Template, &g.sealed)
	g.HasSecret = len(g.sealed) > 0
	return g, err
}

func saveGateway(tx *db.Tx, city int64, g ReminderGateway) error {
	return tx.Upsert("reminder_gateway", "city_id, channel", "city_id, channel, form, address, sender, template, sealed_secret",
		[][]any{{city, string(g.Channel), g.Form, g.Address, g.Sender, g.Template, g.sealed}})
}

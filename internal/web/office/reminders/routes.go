// Package reminders holds the pages of chasing: what is owed, who was told, by which rule
// and over which gateway.
package reminders

import "luoshi/internal/web/office/page"

// Routes are the addresses of reminders.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET /office/reminders", "reminder.read", remindersOwed),
		page.At("GET /office/reminders/new", "reminder.send", page.Sheets(landing, chase)),
		page.At("POST /office/reminders/new", "reminder.send", page.Sheets(landing, chase)),
		page.At("GET /office/reminders/chases/{reminder}", "reminder.read", remindersChased),
		page.At("GET /office/reminders/chases/{reminder}/slips.docx", "reminder.read", reminderSlips),
		page.At("GET /office/reminders/calls/{number}", "reminder.send", page.Sheets(landing, callMade)),
		page.At("POST /office/reminders/calls/{number}", "reminder.send", page.Sheets(landing, callMade)),
		page.At("GET /office/reminders/sent", "reminder.read", remindersSent),
		page.At("GET /office/reminders/rules", "reminder.rules", page.Sheets(landing, reminderRules)),
		page.At("POST /office/reminders/rules", "reminder.rules", page.Sheets(landing, reminderRules)),
		page.At("GET /office/reminders/gateways", "reminder.gateway", reminderGateways),
		page.At("GET /office/reminders/gateways/{channel}", "reminder.gateway", page.Sheets(landing, reminderGateway)),
		page.At("POST /office/reminders/gateways/{channel}", "reminder.gateway", page.Sheets(landing, reminderGateway)),
		page.At("GET /office/reminders/gateways/{channel}/try", "reminder.gateway", page.Sheets(landing, tryGateway)),
		page.At("POST /office/reminders/gateways/{channel}/try", "reminder.gateway", page.Sheets(landing, tryGateway)),
		page.At("GET /office/reminders/address", page.SignedIn, page.Sheets(landing, reminderAddress)),
		page.At("POST /office/reminders/address", page.SignedIn, page.Sheets(landing, reminderAddress)),
		page.At("GET /office/r/{$}", "reminder.reply", gotReminders),
		page.At("GET /office/r/{number}", "duty.read", page.Sheets(landing, replyReminder)),
		page.At("POST /office/r/{number}", "reminder.reply", page.Sheets(landing, replyReminder)),
	}
}

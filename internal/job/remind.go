package job

import (
	"context"
	"errors"
	"log/slog"

	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/gateway"
	"luoshi/reminder"
)

// Reminders is what the worker does about reminders in the records.
type Reminders interface {
	RemindByRules(ctx context.Context) error
	TakeMessage(ctx context.Context, m id.Message) (*desk.Handing, error)
	SettleMessage(ctx context.Context, m id.Message, became reminder.State) (again bool, err error)
}

// Send hands a message over; gateway.Send is one.
type Send func(ctx context.Context, s gateway.Settings, m gateway.Message) error

// Reminding lets the worker remind people, and say by what it hands messages over. It is
// called before the worker runs.
func (w *Worker) Reminding(r Reminders, send Send) { w.reminders, w.send = r, send }

// remind puts down the messages that the rules want today.
func (w *Worker) remind(ctx context.Context) {
	if w.reminders == nil {
		return
	}
	if err := w.reminders.RemindByRules(ctx); err != nil && ctx.Err() == nil {
		slog.Error("remind", "error", err)
	}
}

var errAgain = errors.New("the gateway did not take the message")

// deliver hands one message over. What is written down before and after it lets nothing
// leave twice: see docs/decisions/0014-chasing.md.
func (w *Worker) deliver(ctx context.Context, m id.Message) error {
	if w.reminders == nil {
		return errors.New("nobody is reminded here")
	}
	h, err := w.reminders.TakeMessage(ctx, m)
	if err != nil || h == nil {
		return err
	}
	g := h.Gateway
	sent := w.send(ctx, gateway.Settings{Form: gateway.Form(g.Form), Address: g.Address, Account: g.Sender, Template: g.Template, Secret: g.Secret},
		gateway.Message{Key: h.Key, To: h.To, Subject: h.Subject, Text: h.Text, Link: h.Link, Count: h.Things})
	if sent != nil {
		slog.Warn("hand a message over", "message", m, "error", sent)
	}
	// It is settled also when the server is told to stop meanwhile.
	again, err := w.reminders.SettleMessage(context.WithoutCancel(ctx), m, became(sent))
	if err == nil && again {
		err = errAgain
	}
	return err
}

// became says what a message came to by what its gateway said.
func became(sent error) reminder.State {
	switch {
	case sent == nil:
		return reminder.Done
	case errors.Is(sent, gateway.ErrNotSent):
		return reminder.Queued
	case errors.Is(sent, gateway.ErrRefused):
		return reminder.Failed
	}
	return reminder.Unknown
}

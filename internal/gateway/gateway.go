// Package gateway hands messages over to what carries them: group robots and SMS
// gateways by HTTP, mail by SMTP. It tells apart what was taken, what certainly was
// not, and what nobody can know, so that its caller never sends the last kind twice.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Form is how a gateway wants to be spoken to.
type Form string

const (
	Signed      Form = "signed"       // this program's own interface, docs/gateway.md
	ChatRobot   Form = "chat_robot"   // a robot of a chat group that takes markdown
	TemplateSMS Form = "template_sms" // an SMS provider whose texts are templates
	SMTP        Form = "smtp"
)

// Settings are how one gateway is reached.
type Settings struct {
	Form     Form
	Address  string // of HTTP, or host:port of SMTP
	Account  string // the sender: an address of mail, the signature of an SMS
	Template string // of an SMS
	Secret   string
}

// Message is what is handed over.
type Message struct {
	Key     string // the same whenever the same message is handed over
	To      string // telephone number or address of mail; empty for a group
	Subject string
	Text    string
	Link    string
	Count   int // of the things that it is about
}

// What a gateway answered, where it did not take a message. Any other error means that
// nobody knows whether the message left.
var (
	ErrNotSent = errors.New("nothing was taken, it may be tried again")
	ErrRefused = errors.New("it will not be taken")
)

// Limit is how long one handing over may take. It is shorter than the lease of a job.
const Limit = 20 * time.Second

// forms are the ways to speak to gateways of one kind each.
var forms = map[Form]func(context.Context, Settings, Message) error{Signed: sendSigned, ChatRobot: sendChat, TemplateSMS: sendTemplate, SMTP: sendMail}

// Send hands a message over; nil means that it was taken.
func Send(ctx context.Context, s Settings, m Message) error {
	send, known := forms[s.Form]
	if !known {
		return fmt.Errorf("%w: no form %q", ErrRefused, s.Form)
	}
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	return send(ctx, s, m)
}

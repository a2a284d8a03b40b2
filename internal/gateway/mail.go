package gateway

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"
)

// implicitTLS is the port on which a connection begins encrypted (RFC 8314).
const implicitTLS = "465"

// sendMail hands one mail over by SMTP. It goes unencrypted to this machine only.
func sendMail(ctx context.Context, s Settings, m Message) error {
	from, errFrom := mail.ParseAddress(s.Account)
	to, errTo := mail.ParseAddress(m.To)
	host, port, errHost := net.SplitHostPort(s.Address)
	if err := errors.Join(errFrom, errTo, errHost); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.Address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotSent, err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return fmt.Errorf("%w: %w", ErrNotSent, err)
		}
	}
	if port == implicitTLS {
		conn = tls.Client(conn, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return before(err)
	}
	if err := greet(c, s, host, port); err != nil {
		return before(err)
	}
	if err := c.Mail(from.Address); err != nil {
		return before(err)
	}
	if err := c.Rcpt(to.Address); err != nil {
		return before(err)
	}
	w, err := c.Data()
	if err != nil {
		return before(err)
	}
	if _, err := io.WriteString(w, mailText(from, to, m)); err != nil {
		return before(err) // the last line was not written: nothing was taken
	}
	if err := w.Close(); err != nil {
		var answered *textproto.Error
		if errors.As(err, &answered) {
			return before(err)
		}
		return err // the mail is there whole, and its receipt was lost
	}
	_ = c.Quit() // it is taken, however the server says goodbye
	return nil
}

var errPlain = errors.New("the server offers no encryption")

// greet encrypts the connection and signs in.
func greet(c *smtp.Client, s Settings, host, port string) error {
	here := host == "localhost" || net.ParseIP(host).IsLoopback()
	if offered, _ := c.Extension("STARTTLS"); offered {
		if err := c.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	} else if port != implicitTLS && !here {
		return errPlain
	}
	if s.Secret == "" {
		return nil
	}
	user, err := mail.ParseAddress(s.Account)
	if err != nil {
		return err
	}
	return c.Auth(smtp.PlainAuth("", user.Address, s.Secret, host))
}

// before is what went wrong before a mail was taken: a refusal of the server for good
// (5xx) is one, anything else may be tried again.
func before(err error) error {
	var answered *textproto.Error
	if errors.As(err, &answered) && answered.Code >= 500 {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("%w: %w", ErrNotSent, err)
}

// mailText writes a mail (RFC 5322): UTF-8 in base64, lines of 76 signs.
func mailText(from, to *mail.Address, m Message) string {
	_, host, _ := strings.Cut(from.Address, "@")
	var b strings.Builder
	for _, line := range []string{"From: " + from.String(), "To: " + to.String(), "Subject: " + mime.BEncoding.Encode("utf-8", m.Subject),
		"Date: " + time.Now().Format(time.RFC1123Z), "Message-ID: <" + m.Key + "@" + host + ">", "Auto-Submitted: auto-generated",
		"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", ""} {
		b.WriteString(line + "\r\n")
	}
	body := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(m.Text, "\n", "\r\n")))
	for len(body) > 76 {
		b.WriteString(body[:76] + "\r\n")
		body = body[76:]
	}
	b.WriteString(body + "\r\n")
	return b.String()
}

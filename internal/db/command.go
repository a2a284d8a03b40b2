package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"luoshi/fault"
	"luoshi/id"
)

// Cmd is one thing a person does, as it was sent. Its ID is issued with the
// form, so that the same form sent twice makes one record.
type Cmd struct {
	City    int64
	Actor   id.Post    // the post that acts; 0 where the program founds a city
	Account id.Account // the account behind the post, never written into an entry
	ID      string     // of NewCommandID
	Sent    [32]byte   // hash of the form as it was sent; zero where there was no form

	act     string
	content [32]byte
	answers []*int64
}

// number is an identifier that a command answers with.
type number interface{ Number() *int64 }

// Of completes a command: which act it is, its content, and the identifiers it
// answers with. Repeated with the same content the act is not done again, and the
// answers are filled with what was answered then. What was sent counts, where it
// is known, and not what the program read beside it: that may have changed since.
func (c Cmd) Of(act string, content any, answers ...number) Cmd {
	sent, err := json.Marshal(content)
	if err != nil {
		panic(fmt.Sprintf("content of %s: %v", act, err)) // plain structs only; found by the first test of the act
	}
	c.act, c.content, c.answers = act, sha256.Sum256(append([]byte(act+"\n"), sent...)), nil
	if c.Sent != [32]byte{} {
		c.content = c.Sent
	}
	for _, a := range answers {
		c = c.Answering(a)
	}
	return c
}

// With adds to the content of a command. Where it is known what was sent, that counts.
func (c Cmd) With(more any) Cmd {
	sent, err := json.Marshal(more)
	if err != nil {
		panic(fmt.Sprintf("content of %s: %v", c.act, err)) // plain structs only, as in Of
	}
	if c.Sent == [32]byte{} {
		c.content = sha256.Sum256(append(c.content[:], sent...))
	}
	return c
}

// Answering adds an identifier that the command answers with.
func (c Cmd) Answering(a number) Cmd {
	c.answers = append(c.answers, a.Number())
	return c
}

// OtherContent is returned where a command id comes again with other content.
type OtherContent struct {
	Act     string
	Answers []int64 // the records that the first one made
	fault   *fault.Fault
}

func (e *OtherContent) Error() string { return e.fault.Error() }
func (e *OtherContent) Unwrap() error { return e.fault }

var errOtherContent = fault.New(fault.Conflict, "这张表已经交过一次，这次的内容和上次不一样。")

// NewCommandID makes the id that is issued with a form: the time first, so that
// the key grows at its end, then 63 random bits.
func NewCommandID(now time.Time, random io.Reader) (string, error) {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("command id: %w", err)
	}
	return id.Text(id.Next(0, now)) + id.Text(int64(binary.BigEndian.Uint64(b[:])>>1)), nil
}

var errCommandID = fault.New(fault.Invalid, "这张表缺了编号，请刷新页面再填。")

// CheckCommandID refuses what NewCommandID cannot have made.
func CheckCommandID(s string) error {
	if len(s) != 26 {
		return errCommandID
	}
	for _, part := range []string{s[:13], s[13:]} {
		if n, err := id.Parse(part); err != nil || id.Text(n) != part {
			return errCommandID
		}
	}
	return nil
}

// Done is a command that was done before.
type Done struct {
	Act     string
	Answers []int64
	account id.Account
	content []byte
}

func findCommand(q Querier, c Cmd) (*Done, error) {
	found, err := Rows(q, func(s Scanner) (Done, error) {
		var d Done
		var answer string
		if err := s.Scan(&d.account, &d.Act, &d.content, &answer); err != nil {
			return d, err
		}
		return d, json.Unmarshal([]byte(answer), &d.Answers)
	}, "SELECT account_id, act, content, answer FROM command WHERE city_id = $1 AND id = $2", c.City, c.ID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// Repeated finds out whether a command was done before: nil where it was not, an
// OtherContent where it was sent with other content then. Whoever brings the id
// of another person's command learns nothing but that it is taken.
func Repeated(q Querier, c Cmd) (*Done, error) {
	d, err := findCommand(q, c)
	if err != nil || d == nil {
		return nil, err
	}
	if d.account != c.Account {
		return nil, &OtherContent{fault: errOtherContent}
	}
	if !d.is(q, c.content) && !d.is(q, c.Sent) {
		return nil, &OtherContent{Act: d.Act, Answers: d.Answers, fault: errOtherContent}
	}
	return d, nil
}

// is reports whether a command was done with this content. An older version kept
// the hash as it is.
func (d *Done) is(q Querier, content [32]byte) bool {
	return string(d.content) == string(q.seals().hidden(content)) || string(d.content) == string(content[:])
}

// repeat answers a command that was done before with what was answered then.
func (d *Done) repeat(c Cmd) error {
	if len(d.Answers) != len(c.answers) {
		return &OtherContent{Act: d.Act, Answers: d.Answers, fault: errOtherContent}
	}
	for i, a := range c.answers {
		*a = d.Answers[i]
	}
	return nil
}

func (t *Tx) saveCommand() error {
	numbers := make([]int64, len(t.cmd.answers))
	for i, a := range t.cmd.answers {
		numbers[i] = *a
	}
	answer, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	_, err = t.Exec("INSERT INTO command (city_id, id, account_id, act, content, answer) VALUES ($1, $2, $3, $4, $5, $6)",
		t.cmd.City, t.cmd.ID, t.cmd.Account, t.cmd.act, t.seals().hidden(t.cmd.content), string(answer))
	return err
}

// commandLife is how long a command id is remembered.
const commandLife = 90 * 24 * time.Hour

// ForgetCommands forgets the commands that were sent longer ago than they are
// remembered. Their ids begin with the machine's time.
func (d *DB) ForgetCommands(ctx context.Context, city int64) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("DELETE FROM command WHERE city_id = $1 AND id < $2", city, id.Text(id.Next(0, time.Now().Add(-commandLife))))
		return err
	})
}

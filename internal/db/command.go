package db

import (
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

	act     string
	content [32]byte
	answers []*int64
}

// number is an identifier that a command answers with.
type number interface{ Number() *int64 }

// Of completes a command: which act it is, all that was sent, and the
// identifiers it answers with. Repeated with the same content the act is not
// done again, and the answers are filled with what was answered then.
func (c Cmd) Of(act string, content any, answers ...number) Cmd {
	sent, err := json.Marshal(content)
	if err != nil {
		panic(fmt.Sprintf("content of %s: %v", act, err)) // plain structs only; found by the first test of the act
	}
	c.act, c.content, c.answers = act, sha256.Sum256(append([]byte(act+"\n"), sent...)), nil
	for _, a := range answers {
		c = c.Answering(a)
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
// the key grows at its end, then 65 random bits.
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

type doneCommand struct {
	act     string
	content []byte
	answers []int64
}

func findCommand(q Querier, c Cmd) (*doneCommand, error) {
	found, err := Rows(q, func(s Scanner) (doneCommand, error) {
		var d doneCommand
		var answer string
		if err := s.Scan(&d.act, &d.content, &answer); err != nil {
			return d, err
		}
		return d, json.Unmarshal([]byte(answer), &d.answers)
	}, "SELECT act, content, answer FROM command WHERE city_id = $1 AND id = $2", c.City, c.ID)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// repeat answers a command that was done before.
func (d *doneCommand) repeat(c Cmd) error {
	if string(d.content) != string(c.content[:]) || len(d.answers) != len(c.answers) {
		return &OtherContent{Act: d.act, Answers: d.answers, fault: errOtherContent}
	}
	for i, a := range c.answers {
		*a = d.answers[i]
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
	_, err = t.Exec("INSERT INTO command (city_id, id, act, content, answer, at) VALUES ($1, $2, $3, $4, $5, $6)",
		t.cmd.City, t.cmd.ID, t.cmd.act, t.cmd.content[:], string(answer), t.at)
	return err
}

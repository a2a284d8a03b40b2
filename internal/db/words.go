package db

import (
	"fmt"

	"luoshi/ledger"
)

const saltSize = 32

func wordsCell(city, seq int64) Cell { return Cell{"ledger_words", "sealed", city, seq} }

// wordsRow is what is stored of an entry's words: those about a person sealed
// together with their salt.
func (t *Tx) wordsRow(class ledger.Class, seq int64, salt [saltSize]byte, words string) ([]any, error) {
	if class != ledger.Personal {
		return []any{t.cmd.City, seq, salt[:], words, nil}, nil
	}
	sealed, err := t.Seal(wordsCell(t.cmd.City, seq), string(salt[:])+words)
	return []any{t.cmd.City, seq, []byte{}, "", sealed}, err
}

// WordsOf gives the words of an entry with their salt, which is nil where there
// are none or they were erased.
func WordsOf(q Querier, l Logged) (salt []byte, words string, err error) {
	if l.sealed == nil {
		return l.Salt, l.Words, nil
	}
	text, err := Unseal(q, wordsCell(l.City, l.Seq), l.sealed)
	if err != nil {
		return nil, "", err
	}
	if len(text) < saltSize {
		return nil, "", fmt.Errorf("words of entry %d: %d bytes are less than a salt", l.Seq, len(text))
	}
	return []byte(text[:saltSize]), text[saltSize:], nil
}

// SealWordsAbout seals the words that an older version kept in clear of the
// entries about a person.
func (t *Tx) SealWordsAbout(city int64, noun string, subject int64) error {
	entries, err := EntriesAbout(t, city, noun, subject)
	if err != nil {
		return err
	}
	for _, l := range entries {
		if l.Class != ledger.Personal || l.Salt == nil {
			continue
		}
		sealed, err := t.Seal(wordsCell(city, l.Seq), string(l.Salt)+l.Words)
		if err != nil {
			return err
		}
		if _, err := t.Exec("UPDATE ledger_words SET sealed = $1, salt = $2, words = $3 WHERE city_id = $4 AND seq = $5 AND sealed IS NULL",
			sealed, []byte{}, "", city, l.Seq); err != nil {
			return err
		}
	}
	return nil
}

// EraseWordsAbout erases words and salt of the entries about a person; the
// entries stay. What is kept of the forms that made the record goes with them.
func (t *Tx) EraseWordsAbout(city int64, noun string, subject int64) error {
	if _, err := t.Exec(`DELETE FROM ledger_words WHERE city_id = $1 AND seq IN (SELECT s.seq FROM ledger_subject s
		JOIN ledger_entry e ON e.city_id = s.city_id AND e.seq = s.seq WHERE s.city_id = $1 AND s.noun = $2 AND s.subject = $3 AND e.class = $4)`,
		city, noun, subject, string(ledger.Personal)); err != nil {
		return err
	}
	_, err := t.Exec("UPDATE command SET content = $1 WHERE city_id = $2 AND answer = $3", []byte{}, city, fmt.Sprintf("[%d]", subject))
	return err
}

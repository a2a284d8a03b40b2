package desk

import (
	"context"

	"luoshi/fact"
	"luoshi/id"
	"luoshi/internal/blob"
	"luoshi/internal/db"
)

// FactEvidence gives the file that shows a fact, to who may read the fact.
func (o *Office) FactEvidence(ctx context.Context, who Who, which id.Fact) (f fact.Fact, content []byte, err error) {
	err = o.db.Read(ctx, func(v *db.View) error {
		if f, err = loadFact(v, o.city, which); err != nil {
			return err
		}
		return o.mayOver(v, who, "fact.read", f.Unit)
	})
	if err != nil {
		return f, nil, err
	}
	if len(f.Evidence) != len(blob.Hash{}) {
		return f, nil, ErrMissing
	}
	content, err = o.blobs.Get(blob.Hash(f.Evidence))
	return f, content, err
}

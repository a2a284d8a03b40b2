package desk

import (
	"context"
	"time"

	"luoshi/internal/db"

	"golang.org/x/mod/sumdb/note"
)

// Jobs is what is to be done after commits, for the worker.
type Jobs struct {
	db     *db.DB
	signer note.Signer
	city   int64
}

// Job is something to be done after a commit.
type Job = db.Job

// NewJobs gives the jobs of a city and the key that signs its checkpoints.
func NewJobs(d *db.DB, signer note.Signer, city int64) *Jobs { return &Jobs{d, signer, city} }

// Claim takes the oldest job that is due, or nil; unfinished it comes again after the lease.
func (j *Jobs) Claim(ctx context.Context, now time.Time, lease time.Duration) (*Job, error) {
	return j.db.ClaimJob(ctx, j.city, now, lease)
}

// Finish takes a job that is done off the list.
func (j *Jobs) Finish(ctx context.Context, done Job) error { return j.db.FinishJob(ctx, done) }

// Fail keeps a job for another try, with what went wrong.
func (j *Jobs) Fail(ctx context.Context, failed Job, now time.Time, why error) error {
	return j.db.FailJob(ctx, failed, now, why.Error())
}

// PutOff keeps a job that may not be done before an instant.
func (j *Jobs) PutOff(ctx context.Context, early Job, until time.Time) error {
	return j.db.PutOffJob(ctx, early, until)
}

// SignCheckpoint signs the ledger as it stands, where there is something new.
func (j *Jobs) SignCheckpoint(ctx context.Context) error {
	return j.db.SignCheckpoint(ctx, j.city, j.signer)
}

// BuildSearch indexes the next titles, at most so many, that an older version wrote, and
// reports whether there may be more. Done twice it finds them indexed already, and a
// title that is changed meanwhile is indexed by who changes it: a gram that is left of
// the old one leads to a title that does not contain it, and so to nothing.
func (j *Jobs) BuildSearch(ctx context.Context, most int) (more bool, err error) {
	err = j.db.Local(ctx, func(tx *db.Tx) (err error) {
		more, err = buildSome(tx, j.city, most)
		return err
	})
	return more, err
}

// ForgetCommands forgets the command ids that are older than they are remembered.
func (j *Jobs) ForgetCommands(ctx context.Context) error { return j.db.ForgetCommands(ctx, j.city) }

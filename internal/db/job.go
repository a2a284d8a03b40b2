package db

import (
	"context"
	"time"
)

// Job is something to be done after a commit. It is done at least once: a
// crash between the work and its mark makes it come again.
type Job struct {
	ID      int64
	City    int64
	Kind    string
	Subject int64
	Tries   int64
}

// Later adds a job that a worker sees only if all of this write commits.
func (t *Tx) Later(kind string, subject int64) error {
	t.jobs = append(t.jobs, []any{NewID[int64](t), t.cmd.City, kind, subject, time.Now().UnixMicro(), 0, ""})
	return nil
}

func (t *Tx) saveJobs() error {
	return t.Insert("job", "id, city_id, kind, subject, due_at, tries, failure", t.jobs)
}

// ClaimJob takes the oldest job that is due and leases it: it comes again
// after the lease unless it is finished. Nil where there is none.
func (d *DB) ClaimJob(ctx context.Context, lease time.Duration) (*Job, error) {
	var found []Job
	err := d.Local(ctx, func(tx *Tx) (err error) {
		found, err = Rows(tx, func(s Scanner) (j Job, err error) {
			err = s.Scan(&j.ID, &j.City, &j.Kind, &j.Subject, &j.Tries)
			return j, err
		}, `UPDATE job SET due_at = $1, tries = tries + 1 WHERE id =
			(SELECT id FROM job WHERE due_at <= $2 ORDER BY due_at, id LIMIT 1)
			RETURNING id, city_id, kind, subject, tries`, time.Now().Add(lease).UnixMicro(), time.Now().UnixMicro())
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// FinishJob takes a job that is done off the list.
func (d *DB) FinishJob(ctx context.Context, job int64) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("DELETE FROM job WHERE id = $1", job)
		return err
	})
}

// FailJob keeps a job for another try, later each time, with what went wrong.
func (d *DB) FailJob(ctx context.Context, j Job, failure string) error {
	return d.Local(ctx, func(tx *Tx) error {
		wait := min(time.Hour, time.Second<<min(j.Tries, 12))
		_, err := tx.Exec("UPDATE job SET due_at = $1, failure = $2 WHERE id = $3", time.Now().Add(wait).UnixMicro(), failure, j.ID)
		return err
	})
}

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
	Due     time.Time // when it is tried next; a lease, while it is being done
	Tries   int64
	Failure string // what went wrong last
}

const jobColumns = "id, city_id, kind, subject, due_at, tries, failure"

func scanJob(s Scanner) (j Job, err error) {
	var due int64
	err = s.Scan(&j.ID, &j.City, &j.Kind, &j.Subject, &due, &j.Tries, &j.Failure)
	j.Due = time.UnixMicro(due)
	return j, err
}

// Later adds a job that a worker sees only if all of this write commits. It is due at once.
func (t *Tx) Later(kind string, subject int64) error {
	t.jobs = append(t.jobs, []any{NewID[int64](t), t.cmd.City, kind, subject, 0, 0, ""})
	return nil
}

func (t *Tx) saveJobs() error { return t.Insert("job", jobColumns, t.jobs) }

// ClaimJob takes the oldest job of a city that is due and leases it: it comes
// again after the lease unless it is finished. Nil where there is none. Of two
// who claim at once the second finds it leased and gets nothing.
func (d *DB) ClaimJob(ctx context.Context, city int64, now time.Time, lease time.Duration) (*Job, error) {
	var found []Job
	err := d.Local(ctx, func(tx *Tx) (err error) {
		found, err = Rows(tx, scanJob, `UPDATE job SET due_at = $1, tries = tries + 1 WHERE city_id = $2 AND due_at <= $3 AND id =
			(SELECT id FROM job WHERE city_id = $2 AND due_at <= $3 ORDER BY due_at, id LIMIT 1) RETURNING `+jobColumns,
			now.Add(lease).UnixMicro(), city, now.UnixMicro())
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// FinishJob takes a job that is done off the list.
func (d *DB) FinishJob(ctx context.Context, j Job) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("DELETE FROM job WHERE city_id = $1 AND id = $2", j.City, j.ID)
		return err
	})
}

// FailJob keeps a job for another try, later each time, with what went wrong.
func (d *DB) FailJob(ctx context.Context, j Job, now time.Time, failure string) error {
	wait := min(time.Hour, time.Second<<min(j.Tries, 12))
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("UPDATE job SET due_at = $1, failure = $2 WHERE city_id = $3 AND id = $4", now.Add(wait).UnixMicro(), failure, j.City, j.ID)
		return err
	})
}

// PutOffJob keeps a job that may not be done yet for an instant. It is no try.
func (d *DB) PutOffJob(ctx context.Context, j Job, until time.Time) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("UPDATE job SET due_at = $1, tries = $2 WHERE city_id = $3 AND id = $4", until.UnixMicro(), j.Tries-1, j.City, j.ID)
		return err
	})
}

// HurryJobs makes every job of a city that failed due at once.
func (d *DB) HurryJobs(ctx context.Context, city int64) error {
	return d.Local(ctx, func(tx *Tx) error {
		_, err := tx.Exec("UPDATE job SET due_at = 0 WHERE city_id = $1 AND failure <> ''", city)
		return err
	})
}

// Jobs lists the jobs of a city that are not done, those that failed first; at most n.
func Jobs(q Querier, city int64, n int) ([]Job, error) {
	return Rows(q, scanJob, "SELECT "+jobColumns+" FROM job WHERE city_id = $1 ORDER BY tries DESC, id LIMIT $2", city, n)
}

// CountJobs counts the jobs of a city that are not done, and of those the ones that failed.
func CountJobs(q Querier, city int64) (all, failed int64, err error) {
	if all, err = Row(q, Value[int64], "SELECT COUNT(*) FROM job WHERE city_id = $1", city); err != nil {
		return 0, 0, err
	}
	failed, err = Row(q, Value[int64], "SELECT COUNT(*) FROM job WHERE city_id = $1 AND failure <> ''", city)
	return all, failed, err
}

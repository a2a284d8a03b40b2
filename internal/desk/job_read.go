package desk

import (
	"context"

	"luoshi/fault"
	"luoshi/internal/db"
)

// JobKinds lists every kind of job.
var JobKinds = []string{JobCheckpoint, JobErased, JobPersonErased, JobUnits, JobFacts, JobRemind}

// JobList is what is still to be done after commits, for the administrator.
type JobList struct {
	Jobs    []Job // those that failed first; the first hundred
	Waiting int64
	Failed  int64
	Entries int64 // in the ledger
	Signed  int64 // of them, up to the last checkpoint
}

const jobsShown = 100

var errMayNotJobs = fault.New(fault.Denied, "只有管理员可以看后台的事务。")

// JobsToDo lists the jobs that are not done, for an administrator.
func (o *Office) JobsToDo(ctx context.Context, who Who) (list JobList, err error) {
	if !May("job.read", who.Roles) {
		return list, errMayNotJobs
	}
	err = o.db.Read(ctx, func(v *db.View) (err error) {
		if list.Jobs, err = db.Jobs(v, o.city, jobsShown); err != nil {
			return err
		}
		if list.Waiting, list.Failed, err = db.CountJobs(v, o.city); err != nil {
			return err
		}
		if list.Entries, _, err = db.LogSize(v, o.city); err != nil {
			return err
		}
		list.Signed, _, err = db.LastCheckpoint(v, o.city)
		return err
	})
	return list, err
}

// HurryJobs makes every job that failed due at once. It is asked for by an
// administrator who has mended what was in its way.
func (o *Office) HurryJobs(ctx context.Context, who Who) error {
	if !May("job.hurry", who.Roles) {
		return errMayNotJobs
	}
	return o.db.HurryJobs(ctx, o.city)
}

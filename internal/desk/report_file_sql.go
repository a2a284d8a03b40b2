package desk

import (
	"slices"

	"luoshi/id"
	"luoshi/internal/db"
)

const fileColumns = "id, item_id, unit_id, period, name, content_hash, size, added_day, removed_day"

func scanReportFile(s db.Scanner) (f ReportFile, err error) {
	var hash []byte
	err = s.Scan(&f.ID, &f.Item, &f.Unit, &f.Period, &f.Name, &hash, &f.Size, &f.Added, &f.Removed)
	copy(f.Hash[:], hash)
	return f, err
}

func saveReportFile(tx *db.Tx, city int64, f ReportFile) error {
	return tx.Upsert("report_file", "city_id, id", "city_id, "+fileColumns+", post_id",
		[][]any{{city, f.ID, f.Item, f.Unit, string(f.Period), f.Name, f.Hash[:], f.Size, string(f.Added), string(f.Removed), tx.Cmd().Actor}})
}

func loadReportFile(q db.Querier, city int64, which id.ReportFile) (ReportFile, error) {
	return db.Row(q, scanReportFile, "SELECT "+fileColumns+" FROM report_file WHERE city_id = $1 AND id = $2", city, which)
}

// filesOfReport gives the files that belong to the report of a period.
func filesOfReport(q db.Querier, city int64, k DraftKey) ([]ReportFile, error) {
	return db.Rows(q, scanReportFile, "SELECT "+fileColumns+" FROM report_file WHERE city_id = $1 AND item_id = $2 AND unit_id = $3 AND period = $4 AND removed_day = '' ORDER BY id",
		city, k.Item, k.Unit, string(k.Period))
}

var filesOfUnits = "SELECT " + fileColumns + " FROM report_file WHERE city_id = $1 AND unit_id IN (" + placeholders(2, ownersAtOnce) + ") AND removed_day = '' ORDER BY id"

// filesOfReports gives those of all reports of units, by report.
func filesOfReports(q db.Querier, city int64, units []id.Unit) (map[reportPlace][]ReportFile, error) {
	out := map[reportPlace][]ReportFile{}
	for some := range slices.Chunk(units, ownersAtOnce) {
		found, err := db.Rows(q, scanReportFile, filesOfUnits, padded(city, some)...)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			out[f.place()] = append(out[f.place()], f)
		}
	}
	return out, nil
}

func filesInPlan(q db.Querier, city int64, p id.Plan) (map[reportPlace][]ReportFile, error) {
	out := map[reportPlace][]ReportFile{}
	found, err := db.Rows(q, scanReportFile, "SELECT "+fileColumns+" FROM report_file WHERE city_id = $1"+ofPlan+" AND removed_day = '' ORDER BY id", city, city, p)
	for _, f := range found {
		out[f.place()] = append(out[f.place()], f)
	}
	return out, err
}

// everyReportFile gives all files ever added, for an export.
func everyReportFile(q db.Querier, city int64) ([]ReportFile, error) {
	return db.Rows(q, scanReportFile, "SELECT "+fileColumns+" FROM report_file WHERE city_id = $1 ORDER BY content_hash, id", city)
}

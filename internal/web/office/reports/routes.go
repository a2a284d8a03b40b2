// Package reports holds the pages of progress: reports and milestones of units, their
// signing and confirming, summaries, and how much is asked of a unit.
package reports

import (
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
	"luoshi/progress"
)

// Routes are the addresses of progress, summaries and burdens.
func Routes() []page.Route {
	merged := mergedBy(newMergings())
	return []page.Route{
		page.At("GET "+page.BurdenPath, "plan.read", burdens),
		page.At("GET "+page.BurdenPath+"/cap", "burden.cap", page.Sheets(landing, capBurden)),
		page.At("POST "+page.BurdenPath+"/cap", "burden.cap", page.Sheets(landing, capBurden)),
		page.At("GET "+page.BurdenPath+"/{unit}", "duty.read", unitBurden),
		page.At("GET /office/progress", "progress.report", page.Sheets(landing, reportProgress)),
		page.At("POST /office/progress", "progress.report", page.Sheets(landing, reportProgress)),
		page.At("GET /office/progress/{unit}", "progress.onbehalf", page.Sheets(landing, reportOnBehalf)),
		page.At("POST /office/progress/{unit}", "progress.onbehalf", page.Sheets(landing, reportOnBehalf)),
		page.At("GET /office/plans/{plan}/progress", "plan.read", reports),
		page.At("GET /office/plans/{plan}/progress/{item}/confirm", "progress.confirm", page.Sheets(landing, confirmReport)),
		page.At("POST /office/plans/{plan}/progress/{item}/confirm", "progress.confirm", page.Sheets(landing, confirmReport)),
		page.At("GET /office/plans/{plan}/progress/{item}/return", "progress.confirm", page.Sheets(landing, returnReport)),
		page.At("POST /office/plans/{plan}/progress/{item}/return", "progress.confirm", page.Sheets(landing, returnReport)),
		page.At("GET /office/plans/{plan}/progress/grid", "plan.read", reportGrid),
		page.At("GET /office/plans/{plan}/progress/period", "progress.period", page.Sheets(landing, setReporting)),
		page.At("POST /office/plans/{plan}/progress/period", "progress.period", page.Sheets(landing, setReporting)),
		page.At("GET /office/report-files", "duty.read", page.Sheets(landing, reportFiles)),
		page.At("POST /office/report-files", "duty.read", page.SheetsUpTo(progress.LargestFile+web.MostForm, landing, reportFiles)),
		page.At("GET /office/report-files/{file}", "duty.read", reportFile),
		page.At("GET /office/report-files/{file}/remove", "duty.read", page.Sheets(landing, removeReportFile)),
		page.At("POST /office/report-files/{file}/remove", "duty.read", page.Sheets(landing, removeReportFile)),
		page.At("GET /office/sign", "progress.sign", page.Sheets(landing, signReports)),
		page.At("POST /office/sign", "progress.sign", page.Sheets(landing, signReports)),
		page.At("GET /office/sign/back", "progress.sign", page.Sheets(landing, sendBackReport)),
		page.At("POST /office/sign/back", "progress.sign", page.Sheets(landing, sendBackReport)),
		page.At("GET /office/units/{unit}/signing", "progress.signing", page.Sheets(landing, setSigning)),
		page.At("POST /office/units/{unit}/signing", "progress.signing", page.Sheets(landing, setSigning)),
		page.At("GET /office/duties/{item}/milestones/{milestone}", "progress.report", page.Sheets(landing, reachMilestone)),
		page.At("POST /office/duties/{item}/milestones/{milestone}", "progress.report", page.Sheets(landing, reachMilestone)),
		page.At("GET /office/progress/{unit}/milestones/{milestone}", "progress.onbehalf", page.Sheets(landing, reachOnBehalf)),
		page.At("POST /office/progress/{unit}/milestones/{milestone}", "progress.onbehalf", page.Sheets(landing, reachOnBehalf)),
		page.At("GET /office/plans/{plan}/milestones/{milestone}/confirm", "progress.confirm", page.Sheets(landing, confirmMilestone)),
		page.At("POST /office/plans/{plan}/milestones/{milestone}/confirm", "progress.confirm", page.Sheets(landing, confirmMilestone)),
		page.At("GET /office/plans/{plan}/milestones/{milestone}/return", "progress.confirm", page.Sheets(landing, returnMilestone)),
		page.At("POST /office/plans/{plan}/milestones/{milestone}/return", "progress.confirm", page.Sheets(landing, returnMilestone)),
		page.At("GET /office/plans/{plan}/summary", "plan.read", shows(merged, false)),
		page.At("GET /office/plans/{plan}/summary/table", "plan.read", shows(merged, true)),
		page.At("GET /office/plans/{plan}/summary/table.xlsx", "plan.read", sendsXLSX(merged)),
		page.At("GET /office/plans/{plan}/summary/report.docx", "plan.read", sendsDocx(merged)),
		page.At("GET /office/plans/{plan}/summary/introduction", "summary.write", page.Sheets(landing, introduceSummary)),
		page.At("POST /office/plans/{plan}/summary/introduction", "summary.write", page.Sheets(landing, introduceSummary)),
		page.At("GET /office/plans/{plan}/summary/items/{item}", "summary.write", page.Sheets(landing, shortenWords)),
		page.At("POST /office/plans/{plan}/summary/items/{item}", "summary.write", page.Sheets(landing, shortenWords)),
		page.At("GET /office/plans/{plan}/summary/issue", "summary.issue", page.Sheets(landing, issueSummary)),
		page.At("POST /office/plans/{plan}/summary/issue", "summary.issue", page.Sheets(landing, issueSummary)),
		page.At("GET /office/plans/{plan}/summaries", "plan.read", issuedSummaries),
		page.At("GET /office/plans/{plan}/summaries/{summary}", "plan.read", shows(issuedOf, false)),
		page.At("GET /office/plans/{plan}/summaries/{summary}/table", "plan.read", shows(issuedOf, true)),
		page.At("GET /office/plans/{plan}/summaries/{summary}/table.xlsx", "plan.read", sendsXLSX(issuedOf)),
		page.At("GET /office/plans/{plan}/summaries/{summary}/report.docx", "plan.read", sendsDocx(issuedOf)),
	}
}

package page

import (
	"net/http"
	"net/url"
	"strings"

	"luoshi/id"
	"luoshi/internal/desk"
)

// landing is where somebody goes on who sends a form a second time: where the
// first sending led to.
func landing(r *http.Request, answers []int64) string {
	plan, item, question := r.PathValue("plan"), r.PathValue("item"), r.PathValue("question")
	document := r.PathValue("document")
	switch {
	case strings.HasPrefix(r.URL.Path, FactFormPath), r.URL.Path == FactGridsPath, strings.HasPrefix(r.URL.Path, VerifyPath), strings.HasPrefix(r.URL.Path, FactMonthsPath):
		return factLanding(r, answers)
	case r.URL.Path == IndicatorsPath+"/new" && len(answers) > 0:
		return IndicatorPath(id.Indicator(answers[0]))
	case strings.HasPrefix(r.URL.Path, IndicatorsPath) && r.PathValue("indicator") != "":
		return IndicatorsPath + "/" + r.PathValue("indicator")
	case strings.HasPrefix(r.URL.Path, IndicatorsPath), r.PathValue("target") != "" && plan == "":
		return FiguresPath
	case r.PathValue("goal") != "":
		return r.URL.Path
	case strings.HasPrefix(r.URL.Path, CollectionsPath):
		return CollectionLanding(r, answers)
	case strings.HasPrefix(r.URL.Path, AnswersPath):
		return AnswersPath
	case strings.HasSuffix(r.URL.Path, "/reissue") && len(answers) > 0:
		return "/office/plans/" + plan + "/documents/" + id.Document(answers[0]).String()
	case document != "" && strings.HasSuffix(r.URL.Path, "/discard"):
		return "/office/plans/" + plan
	case document != "":
		return "/office/plans/" + plan + "/documents/" + document
	case r.URL.Path == DrawsPath+"/new" && len(answers) > 0:
		return DrawPath(id.Draw(answers[0]))
	case r.PathValue("draw") != "":
		return DrawsPath + "/" + r.PathValue("draw")
	case r.URL.Path == FactImportPath && len(answers) > 0:
		return FactImportAt(id.FactImport(answers[0]))
	case r.URL.Path == UnitListsPath && len(answers) > 0:
		return UnitListPath(id.UnitImport(answers[0]))
	case r.URL.Path == "/office/accounts/new" && len(answers) > 0:
		return AccountPath(id.Account(answers[0]))
	case r.URL.Path == "/office/handover" && len(answers) > 0:
		return HandoverPath(id.Handover(answers[0]))
	case strings.HasPrefix(r.URL.Path, "/office/accounts"), r.URL.Path == "/office/contact":
		return "/office/accounts"
	case strings.HasSuffix(r.URL.Path, "/orders/new") && len(answers) > 0:
		return r.URL.Path[:len(r.URL.Path)-len("new")] + id.Item(answers[0]).String()
	case strings.HasSuffix(r.URL.Path, "/publish"):
		return PreviewPath(plan)
	case strings.HasSuffix(r.URL.Path, "/instruct"):
		return LeaderPath + "/" + plan
	case strings.HasSuffix(r.URL.Path, "/accept") && strings.Contains(r.URL.Path, "/orders/"), strings.HasSuffix(r.URL.Path, "/again"):
		return "/office/plans/" + plan + "/orders/" + item
	case r.URL.Path == LampsPath:
		return LampsPath
	case strings.Contains(r.URL.Path, "/lamps/"):
		return LeaderPath + "/" + plan
	case strings.HasPrefix(r.URL.Path, ReportFilesPath):
		return r.URL.RequestURI()
	case strings.HasPrefix(r.URL.Path, SignPath):
		return SignPath
	case strings.HasPrefix(r.URL.Path, desk.ReminderPath):
		return r.URL.Path
	case r.URL.Path == RemindersPath+"/new" && len(answers) > 0:
		return ChasedPath(id.Reminder(answers[0]))
	case strings.HasPrefix(r.URL.Path, RemindersPath):
		return RemindersPath
	case strings.HasPrefix(r.URL.Path, DutiesPath):
		return DutiesPath
	case strings.HasPrefix(r.URL.Path, ProgressPath):
		return DutiesPath
	case strings.HasSuffix(r.URL.Path, "/confirm") && r.PathValue("milestone") != "", strings.HasSuffix(r.URL.Path, "/return") && r.PathValue("milestone") != "":
		return "/office/plans/" + plan + "/progress"
	case strings.Contains(r.URL.Path, "/progress/"):
		return "/office/plans/" + plan + "/progress"
	case strings.HasSuffix(r.URL.Path, "/summary/issue") && len(answers) > 0:
		return "/office/plans/" + plan + "/summaries/" + id.Summary(answers[0]).String()
	case strings.Contains(r.URL.Path, "/summary/"):
		return "/office/plans/" + plan + "/summary?period=" + url.QueryEscape(r.PostForm.Get("period"))
	case strings.Contains(r.URL.Path, "/owners/"):
		return "/office/plans/" + plan + "/owners"
	case strings.HasSuffix(r.URL.Path, "/discard"):
		return PlansPath
	case question != "":
		return "/office/plans/" + plan + "#q-" + question
	case item != "":
		return "/office/plans/" + plan + "#i-" + item
	case plan == "" && len(answers) > 0:
		return PlanPath(id.Plan(answers[0]))
	}
	return "/office/plans/" + plan
}

// CollectionLanding is where somebody goes on who sends a form about a collection again.
func CollectionLanding(r *http.Request, answers []int64) string {
	switch which := r.PathValue("collection"); {
	case which != "":
		return CollectionsPath + "/" + which
	case len(answers) > 0:
		return CollectionPath(id.Collection(answers[0]))
	}
	return CollectionsPath
}

// factLanding is where somebody goes on who sends a form of facts a second time.
func factLanding(r *http.Request, answers []int64) string {
	unit, _ := id.Of[id.Unit](r.FormValue("unit")) // without one the page finds the reader's own
	month := r.FormValue("month")
	switch {
	case r.URL.Path == FactFormPath && len(answers) > 0:
		i, _ := id.Of[id.Indicator](r.FormValue("i"))
		return FactFormOf(unit, i) + "&done=" + id.Fact(answers[0]).String()
	case strings.HasPrefix(r.URL.Path, FactFormPath):
		return FactFormPath
	case unit == 0:
		return r.URL.Path
	case r.URL.Path == FactGridsPath:
		return FactGridPath(unit, month)
	case strings.HasPrefix(r.URL.Path, VerifyPath):
		return VerifyPath + "?" + url.Values{"unit": {unit.String()}, "month": {month}}.Encode()
	}
	return FactMonthPath(unit, month)
}

// Package indicators holds the pages of what is counted: indicators, the goals that targets
// become, how a goal is handed down, and how far it is.
package indicators

import "luoshi/internal/web/office/page"

// Routes are the addresses of indicators, goals and figures.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET "+page.FiguresPath, "fact.read", figures),
		page.At("GET "+page.IndicatorsPath+"/new", "indicator.open", page.Sheets(landing, openIndicator)),
		page.At("POST "+page.IndicatorsPath+"/new", "indicator.open", page.Sheets(landing, openIndicator)),
		page.At("GET "+page.IndicatorsPath+"/pack", "indicator.open", page.Sheets(landing, indicatorPack)),
		page.At("POST "+page.IndicatorsPath+"/pack", "indicator.open", page.Sheets(landing, indicatorPack)),
		page.At("GET "+page.IndicatorsPath+"/pack.csv", "indicator.open", packFile),
		page.At("GET "+page.IndicatorsPath+"/{indicator}", "fact.read", indicator),
		page.At("GET "+page.IndicatorsPath+"/{indicator}/state", "indicator.open", page.Sheets(landing, stateIndicator)),
		page.At("POST "+page.IndicatorsPath+"/{indicator}/state", "indicator.open", page.Sheets(landing, stateIndicator)),
		page.At("GET "+page.IndicatorsPath+"/{indicator}/release", "plan.publish", page.Sheets(landing, releaseIndicator)),
		page.At("POST "+page.IndicatorsPath+"/{indicator}/release", "plan.publish", page.Sheets(landing, releaseIndicator)),
		page.At("GET /office/targets/{target}/goal", "indicator.open", page.Sheets(landing, countTarget)),
		page.At("POST /office/targets/{target}/goal", "indicator.open", page.Sheets(landing, countTarget)),
		page.At("GET /office/goals/{goal}/shares", "fact.read", ownShares),
		page.At("GET /office/goals/{goal}/shares/{unit}", "fact.read", page.Sheets(landing, issueShares)),
		page.At("POST /office/goals/{goal}/shares/{unit}", "split.issue", page.Sheets(landing, issueShares)),
		page.At("GET /office/items/{item}/figures", "fact.read", itemFigures),
	}
}

// Package units holds the pages of the tree of units, the lists that change it, and the
// groups of units.
package units

import "luoshi/internal/web/office/page"

// Routes are the addresses of units and groups of units.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET /office/units", "unit.read", unitsTop),
		page.At("GET /office/unit-lists", "unit.change", page.Sheets(landing, offerUnits)),
		page.At("POST /office/unit-lists", "unit.change", page.Sheets(landing, offerUnits)),
		page.At("GET /office/unit-lists/{list}", "unit.change", unitImport),
		page.At("POST /office/unit-lists/{list}", "unit.change", takeUnits),
		page.At("GET /office/units/{unit}", "unit.read", unit),
		page.At("GET /office/units/{unit}/add", "unit.change", page.Sheets(landing, addUnit)),
		page.At("POST /office/units/{unit}/add", "unit.change", page.Sheets(landing, addUnit)),
		page.At("GET /office/units/{unit}/change", "unit.change", page.Sheets(landing, changeUnit)),
		page.At("POST /office/units/{unit}/change", "unit.change", page.Sheets(landing, changeUnit)),
		page.At("GET /office/units/{unit}/merge", "unit.change", page.Sheets(landing, mergeUnit)),
		page.At("POST /office/units/{unit}/merge", "unit.change", page.Sheets(landing, mergeUnit)),
		page.At("GET /office/units/{unit}/split", "unit.change", page.Sheets(landing, splitUnit)),
		page.At("POST /office/units/{unit}/split", "unit.change", page.Sheets(landing, splitUnit)),
		page.At("GET /office/units/{unit}/close", "unit.change", page.Sheets(landing, closeUnit)),
		page.At("POST /office/units/{unit}/close", "unit.change", page.Sheets(landing, closeUnit)),
		page.At("GET /office/units/{unit}/describe", "unit.describe", page.Sheets(landing, describeUnit)),
		page.At("POST /office/units/{unit}/describe", "unit.describe", page.Sheets(landing, describeUnit)),
		page.At("GET /office/groups", "unit.read", groups),
		page.At("GET /office/groups/new", "group.state", page.Sheets(landing, stateGroup)),
		page.At("POST /office/groups/new", "group.state", page.Sheets(landing, stateGroup)),
		page.At("GET /office/groups/{group}", "group.state", page.Sheets(landing, stateGroup)),
		page.At("POST /office/groups/{group}", "group.state", page.Sheets(landing, stateGroup)),
	}
}

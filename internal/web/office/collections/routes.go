// Package collections holds the pages on which material is asked of units, answered and
// taken.
package collections

import "luoshi/internal/web/office/page"

// Routes are the addresses of collections and answers.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET /office/collections", "collection.read", collections),
		page.At("GET /office/collections/new", "collection.ask", page.Sheets(landing, askUnits)),
		page.At("POST /office/collections/new", "collection.ask", page.Sheets(landing, askUnits)),
		page.At("GET /office/collections/proposed", "collection.ask", page.Sheets(landing, collectProposed)),
		page.At("POST /office/collections/proposed", "collection.ask", page.Sheets(landing, collectProposed)),
		page.At("GET /office/collections/declined", "collection.ask", page.Sheets(landing, declineProposed)),
		page.At("POST /office/collections/declined", "collection.ask", page.Sheets(landing, declineProposed)),
		page.At("GET /office/collections/{collection}", "collection.read", showCollection),
		page.At("GET /office/collections/{collection}/more", "collection.ask", page.Sheets(landing, askMore)),
		page.At("POST /office/collections/{collection}/more", "collection.ask", page.Sheets(landing, askMore)),
		page.At("GET /office/collections/{collection}/template", "collection.ask", page.Sheets(landing, readTemplate)),
		page.At("POST /office/collections/{collection}/template", "collection.ask", page.Sheets(landing, readTemplate)),
		page.At("GET /office/collections/{collection}/template.xlsx", "collection.read", templateXLSX),
		page.At("GET /office/collections/{collection}/result.xlsx", "collection.read", resultXLSX),
		page.At("GET /office/collections/{collection}/matrix", "collection.read", matrix),
		page.At("GET /office/collections/{collection}/accept", "collection.ask", page.Sheets(landing, acceptAll)),
		page.At("POST /office/collections/{collection}/accept", "collection.ask", page.Sheets(landing, acceptAll)),
		page.At("GET /office/collections/{collection}/extend", "collection.ask", page.Sheets(landing, extendCollection)),
		page.At("POST /office/collections/{collection}/extend", "collection.ask", page.Sheets(landing, extendCollection)),
		page.At("GET /office/collections/{collection}/close", "collection.ask", page.Sheets(landing, closeCollection)),
		page.At("POST /office/collections/{collection}/close", "collection.ask", page.Sheets(landing, closeCollection)),
		page.At("GET /office/collections/{collection}/answers/{asked}", "collection.read", page.Sheets(landing, decideAnswer)),
		page.At("POST /office/collections/{collection}/answers/{asked}", "collection.ask", page.Sheets(landing, decideAnswer)),
		page.At("GET /office/collections/{collection}/answers/{asked}/{revision}/file", "collection.read", answerFile),
		page.At("GET /office/collections/{collection}/behalf/{asked}", "collection.ask", page.Sheets(landing, answerOnBehalf)),
		page.At("POST /office/collections/{collection}/behalf/{asked}", "collection.ask", filed(answerOnBehalf)),
		page.At("GET /office/answers", "collection.answer", answersDue),
		page.At("GET /office/answers/{collection}", "collection.answer", page.Sheets(landing, answerCollection)),
		page.At("POST /office/answers/{collection}", "collection.answer", filed(answerCollection)),
		page.At("GET /office/answers/{collection}/sheet.xlsx", "collection.answer", ownSheetXLSX),
		page.At("GET /office/answers/{collection}/upload", "collection.answer", page.Sheets(landing, uploadAnswer)),
		page.At("POST /office/answers/{collection}/upload", "collection.answer", page.Sheets(landing, uploadAnswer)),
		page.At("GET /office/answers/{collection}/{revision}/file", "collection.answer", ownFile),
	}
}

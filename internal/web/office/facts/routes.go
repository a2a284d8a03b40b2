// Package facts holds the pages on which figures are told, looked at, verified, drawn and
// closed by month.
package facts

import (
	"luoshi/fact"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// Routes are the addresses of facts.
func Routes() []page.Route {
	return []page.Route{
		page.At("GET "+page.FactImportPath, "fact.onbehalf", page.Sheets(landing, offerFacts)),
		page.At("POST "+page.FactImportPath, "fact.onbehalf", page.Sheets(landing, offerFacts)),
		page.At("GET "+page.FactImportPath+"/{sheet}", "fact.onbehalf", factImport),
		page.At("POST "+page.FactImportPath+"/{sheet}", "fact.onbehalf", takeFacts),
		page.At("GET "+factSheetPath, "fact.read", factsXLSX),
		page.At("GET "+page.DrawsPath, "fact.read", draws),
		page.At("GET "+page.DrawsPath+"/new", "fact.verify", page.Sheets(landing, commitDraw)),
		page.At("POST "+page.DrawsPath+"/new", "fact.verify", page.Sheets(landing, commitDraw)),
		page.At("GET "+page.DrawsPath+"/{draw}", "fact.read", draw),
		page.At("GET "+page.DrawsPath+"/{draw}/freeze", "fact.verify", page.Sheets(landing, freezeDraw)),
		page.At("POST "+page.DrawsPath+"/{draw}/freeze", "fact.verify", page.Sheets(landing, freezeDraw)),
		page.At("GET "+page.DrawsPath+"/{draw}/reveal", "fact.verify", page.Sheets(landing, revealDraw)),
		page.At("POST "+page.DrawsPath+"/{draw}/reveal", "fact.verify", page.Sheets(landing, revealDraw)),
		page.At("GET "+page.DrawsPath+"/{draw}/file", "fact.read", drawFile),
		page.At("GET "+page.FactsPath, "fact.read", facts),
		page.At("GET "+page.FactsPath+"/{fact}", "fact.read", factStory),
		page.At("GET "+page.FactsPath+"/{fact}/evidence", "fact.read", factEvidence),
		page.At("GET "+page.ErasePersonPath, "account.erase", page.Sheets(landing, erasePerson)),
		page.At("POST "+page.ErasePersonPath, "account.erase", page.Sheets(landing, erasePerson)),
		page.At("GET "+page.FactFormPath, "fact.report", factForm),
		page.At("POST "+page.FactFormPath, "fact.report", factForm),
		page.At("GET "+page.FactFormPath+"/{fact}/correct", "fact.correct", page.Sheets(landing, correctFact)),
		page.At("POST "+page.FactFormPath+"/{fact}/correct", "fact.correct", page.SheetsUpTo(fact.LargestEvidence+web.MostForm, landing, correctFact)),
		page.At("GET "+page.FactFormPath+"/{fact}/withdraw", "fact.correct", page.Sheets(landing, withdrawFact)),
		page.At("POST "+page.FactFormPath+"/{fact}/withdraw", "fact.correct", page.Sheets(landing, withdrawFact)),
		page.At("GET "+page.FactGridsPath, "fact.onbehalf", page.Sheets(landing, factGrid)),
		page.At("POST "+page.FactGridsPath, "fact.onbehalf", page.Sheets(landing, factGrid)),
		page.At("GET "+page.VerifyPath, "fact.verify", unitFirst(page.VerifyPath, "fact.verify", "核实数", page.Sheets(landing, verifyFacts))),
		page.At("POST "+page.VerifyPath, "fact.verify", page.Sheets(landing, verifyFacts)),
		page.At("GET "+page.VerifyPath+"/{fact}", "fact.verify", page.Sheets(landing, verifyFact)),
		page.At("POST "+page.VerifyPath+"/{fact}", "fact.verify", page.Sheets(landing, verifyFact)),
		page.At("GET "+page.FactMonthsPath, "fact.read", unitFirst(page.FactMonthsPath, "fact.read", "一个月的数", factMonth)),
		page.At("GET "+page.FactMonthsPath+"/close", "fact.close", page.Sheets(landing, closeMonth)),
		page.At("POST "+page.FactMonthsPath+"/close", "fact.close", page.Sheets(landing, closeMonth)),
	}
}

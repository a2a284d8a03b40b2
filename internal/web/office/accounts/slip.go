package accounts

import (
	"context"
	"net/http"
	"slices"

	"luoshi/fault"
	"luoshi/id"
	"luoshi/internal/desk"
	"luoshi/internal/login"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// slipFor is a slip with what is printed on it of the post it is for.
type slipFor struct {
	Unit, Post, Name string // the name may be empty
	login.Slip
}

// printedSlip is a slip as it stands on paper.
type printedSlip struct {
	slipFor
	code web.QR // of its link
}

// slipsOnSheet is how many slips go onto one sheet: two beside each other, four below.
const slipsOnSheet = 8

// slipSheets are slips as they are printed and cut.
type slipSheets struct {
	sheets [][]printedSlip
	count  int
	server string // where the office's pages are
	phone  string // of who replaces a lost slip; may be empty
}

var errNobodyChosen = fault.New(fault.Invalid, "还没有选人。请回到名单，选好要发条子的账号。")

// accountSlips makes slips for the chosen accounts and shows them, once.
func accountSlips(s *page.Side, w http.ResponseWriter, r *http.Request) error {
	form, err := web.ReadForm(w, r)
	if err != nil {
		return err
	}
	chosen, err := accountsToSign(s, r, form.Values["account"])
	if err != nil {
		return err
	}
	var ids []id.Account
	for _, a := range chosen {
		ids = append(ids, a.ID)
	}
	slips, err := s.Login.NewSlips(r.Context(), ids)
	if err != nil {
		return err
	}
	var all []slipFor
	for i, a := range chosen {
		all = append(all, slipFor{a.Unit, a.Title, a.Name, slips[i]})
	}
	return showSlips(w, r, all, web.Of(r.Context()).City.Phone)
}

// accountsToSign finds the open accounts of these identifiers, each once, in the order
// in which they were sent. One that whoever asks does not look after is refused.
func accountsToSign(s *page.Side, r *http.Request, texts []string) ([]desk.Account, error) {
	var wanted []id.Account
	for _, text := range texts {
		account, err := id.Of[id.Account](text)
		if err != nil {
			return nil, desk.ErrMissing
		}
		if !slices.Contains(wanted, account) {
			wanted = append(wanted, account)
		}
	}
	all, err := s.Office.AccountsToReset(r.Context(), page.Who(r.Context()), wanted)
	if err == nil && len(all) == 0 {
		err = errNobodyChosen
	}
	return all, err
}

// showSlips shows slips as they are printed: phone is of whoever replaces a lost one.
func showSlips(w http.ResponseWriter, r *http.Request, all []slipFor, phone string) error {
	var printed []printedSlip
	for _, one := range all {
		code, err := web.NewQR(page.AddressOf(r, "/office/link/"+one.Code))
		if err != nil {
			return err
		}
		printed = append(printed, printedSlip{one, code})
	}
	web.Show(w, r, http.StatusOK, slipsPage(slipSheets{slices.Collect(slices.Chunk(printed, slipsOnSheet)), len(all), page.AddressOf(r, "/office/"), phone}))
	return nil
}

// lostSlip says on a slip what to do when it is lost.
func lostSlip(ctx context.Context, phone string) string {
	if phone == "" {
		return web.T(ctx, "丢了请告诉给您条子的人，补一张。")
	}
	return web.T(ctx, "丢了请打电话 %s，补一张。", phone)
}

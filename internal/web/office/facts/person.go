package facts

import (
	"context"
	"net/http"

	"luoshi/internal/desk"
	"luoshi/internal/web"
	"luoshi/internal/web/office/page"
)

// erasePerson erases the name of somebody whom facts name: an administrator types it as it
// was written, for nobody is shown a list of such people.
func erasePerson(s *page.Side, r *http.Request) (page.Sheet, error) {
	ctx := r.Context()
	return page.Sheet{
		Title: web.T(ctx, "抹去报数时写的人名"), Back: "/office/accounts", Button: web.T(ctx, "抹去，不能恢复"),
		Lede: web.T(ctx, "有人要求删去自己的名字，在这里办。抹去的：报数时写的姓名（连同一起写的号码），存着没有报的方格里的也拿掉。留下的：每一条数、每一个合计，人换成一个代号，还是只算一次。抹去以后再有人报他，也不再存姓名；从旧的备份恢复时会再抹去一次。说明里写的话、佐证的文件、交来的台账原件不在内。"),
		Inputs: []page.Input{{Name: "name", Label: web.T(ctx, "姓名，照报数时写的"), Kind: "text",
			Hint: web.T(ctx, "写了号码的，号码也要写上。空格、短横、全角半角不同没有关系。")}},
		Act: func(ctx context.Context, cmd desk.Cmd, f web.Form) (string, error) {
			if err := s.Office.ErasePerson(ctx, cmd, f.Value("name")); err != nil {
				return "", err
			}
			return "/office/accounts?erased=1", nil
		},
	}, nil
}
